import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import type { FormField, FormWords, Site, SiteForm } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Choice, Switch, TextArea, TextField } from "../../ui/field";
import { Saving } from "../../ui/saving";
import { Section } from "../pages/page";
import { FieldEditor } from "./form-field";
import { languageName, offeredBy } from "./languages";
import { LivePreview } from "./preview";
import { saveSite } from "./save";

/** Fields in the making have keys of their own, so that each keeps its place while one types. */
export type Draft = FormField & { at: number };
type Form = Omit<SiteForm, "fields"> & { fields: readonly Draft[] };
const formOf = ({ form }: Site): Form => ({ ...form, fields: form.fields.map((f, at) => ({ ...f, at })) });
const plain = (form: Form): SiteForm => ({ ...form, fields: form.fields.map(({ kind, key, required, options }) => ({ kind, key, required, options })) });

/** Most that a site may ask. */
const MOST = 8;

/** What visitors are asked, what they agree to, and what they find while nobody is there. */
export function FirstQuestions({ now }: { now: Site }) {
  const [form, setForm] = useState<Form>(() => formOf(now));
  const [locale, setLocale] = useState(offeredBy(now)[0]!);
  const work = useWork();
  const set = (patch: Partial<Form>) => setForm({ ...form, ...patch });
  const changed = JSON.stringify(plain(form)) !== JSON.stringify(now.form);
  const save = async () => setForm(formOf(await saveSite(now.id, { form: plain(form) })));
  const other = locale !== offeredBy(now)[0];
  return (
    <Section>
      <form
        class="look"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(save);
        }}
      >
        <div class="look-fields">
          <Switch label={t("form_ask")} hint={t("form_ask_hint")} checked={form.ask} onChange={(ask) => set({ ask, ...(ask && form.fields.length === 0 && { fields: [blank("name", form), { ...blank("email", form), at: form.fields.length + 1 }] }) })} />
          <Choice
            label={t("form_when_away")}
            value={form.away}
            onChange={(away) => set({ away })}
            options={[
              { value: "chat", label: t("away_chat") },
              { value: "form", label: t("away_form") },
              { value: "hide", label: t("away_hide") },
            ]}
          />
          <p class="field-hint">{t(`away_${form.away}_hint`)}</p>
          {offeredBy(now).length > 1 && <Choice label={t("words_in")} value={locale} onChange={setLocale} options={offeredBy(now).map((tag) => ({ value: tag, label: languageName(tag) }))} />}
          {other ? <OtherWords key={locale} form={form} locale={locale} set={set} /> : <Questions form={form} set={set} />}
          <Saving work={work} changed={changed} onDiscard={() => setForm(formOf(now))} />
        </div>
        <LivePreview now={now} draft={{ form: plain(form) }} locales={offeredBy(now)} locale={locale} onLocale={setLocale} />
      </form>
    </Section>
  );
}

function blank(kind: FormField["kind"], form: Form): Draft {
  const at = 1 + Math.max(0, ...form.fields.map((f) => f.at));
  return { at, kind, key: kind === "name" || kind === "email" ? kind : "", required: false, options: [] };
}

type Part = { form: Form; set: (patch: Partial<Form>) => void };

function Questions({ form, set }: Part) {
  const put = (at: number, field: Draft | null) => set({ fields: form.fields.flatMap((f) => (f.at !== at ? [f] : field ? [field] : [])) });
  const move = (i: number, by: number) => {
    const fields = [...form.fields];
    fields.splice(i + by, 0, ...fields.splice(i, 1));
    set({ fields });
  };
  const free = (["name", "email"] as const).find((kind) => !form.fields.some((f) => f.kind === kind));
  return (
    <>
      <TextField label={t("form_intro")} dir="auto" maxLength={300} value={form.intro} onValue={(intro) => set({ intro })} hint={t("form_intro_hint")} />
      <div class="field" role="group" aria-label={t("form_fields")}>
        <span class="field-label">{t("form_fields")}</span>
        <ol class="form-fields">
          {form.fields.map((field, i) => (
            <FieldEditor key={field.at} field={field} first={i === 0} last={i === form.fields.length - 1} set={(f) => put(field.at, f)} move={(by) => move(i, by)} />
          ))}
        </ol>
        {form.fields.length < MOST && (
          <Button onClick={() => set({ fields: [...form.fields, blank(free ?? "text", form)] })}>
            <Plus size={16} /> {t("form_add")}
          </Button>
        )}
      </div>
      <TextArea label={t("form_consent")} maxLength={500} value={form.consent} onValue={(consent) => set({ consent })} hint={t("form_consent_hint")} />
      {form.consent && <TextField label={t("form_link")} dir="ltr" maxLength={2000} placeholder="https://shop.example/privacy" value={form.link} onValue={(link) => set({ link })} />}
    </>
  );
}

const NONE: FormWords = { intro: "", consent: "", said: {} };

/** The same form in another language: what stays empty is said as in the first. */
function OtherWords({ form, locale, set }: Part & { locale: string }) {
  const own = { ...NONE, ...form.words[locale] };
  const say = (patch: Partial<FormWords>) => set({ words: { ...form.words, [locale]: { ...own, ...patch } } });
  const said = form.fields.filter((f) => f.kind !== "name" && f.kind !== "email").flatMap((f) => [f.key, ...f.options]).filter(Boolean);
  return (
    <>
      <TextField label={t("form_intro")} dir="auto" lang={locale} maxLength={300} placeholder={form.intro} value={own.intro} onValue={(intro) => say({ intro })} />
      {said.map((words) => (
        <TextField key={words} label={words} dir="auto" lang={locale} maxLength={80} value={own.said[words] ?? ""} onValue={(v) => say({ said: { ...own.said, [words]: v } })} />
      ))}
      {form.consent && <TextArea label={t("form_consent")} lang={locale} maxLength={500} placeholder={form.consent} value={own.consent} onValue={(consent) => say({ consent })} />}
      <p class="field-hint">{t("form_words_hint")}</p>
    </>
  );
}
