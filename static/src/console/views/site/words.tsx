import { useState } from "preact/hooks";
import type { LookWords, Site, SiteSettings } from "../../../wire/protocol";
import { LANGUAGES } from "../../../wire/languages";
import { t } from "../../i18n";
import { useWork } from "../../ui/busy";
import { Choice, TextArea, TextField } from "../../ui/field";
import { Saving } from "../../ui/saving";
import { Section } from "../pages/page";
import { Languages } from "./language-choice";
import { languageName, offeredBy } from "./languages";
import { LivePreview } from "./preview";
import { saveSite } from "./save";

interface Form extends Pick<SiteSettings, "name" | "greeting" | "reply_note"> {
  /** Those that are offered, the one for everybody else first. */
  locales: readonly string[];
  words: Readonly<Record<string, LookWords>>;
}
const formOf = (now: Site): Form => ({ name: now.name, greeting: now.greeting, reply_note: now.reply_note, locales: offeredBy(now), words: now.look.words });

const NONE: LookWords = { name: "", greeting: "", reply_note: "", label: "" };

function patchOf({ locales, words, ...own }: Form, now: Site): Partial<SiteSettings> {
  return { ...own, look: { ...now.look, locales: [...locales], words } };
}

/** What the chat says before anybody has written, in each language. */
export function Words({ now }: { now: Site }) {
  const stored = formOf(now);
  const [form, setForm] = useState<Form>(stored);
  const [chosen, choose] = useState(form.locales[0]!);
  const work = useWork();
  const locale = form.locales.includes(chosen) ? chosen : form.locales[0]!;
  const changed = JSON.stringify(form) !== JSON.stringify(stored);
  return (
    <Section>
      <form
        class="look"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(() => saveSite(now.id, patchOf(form, now)));
        }}
      >
        <div class="look-fields">
          <Languages all={LANGUAGES} value={form.locales} onValue={(locales) => setForm({ ...form, locales })} />
          {form.locales.length > 1 && <Choice label={t("words_in")} value={locale} onChange={choose} options={form.locales.map((tag) => ({ value: tag, label: languageName(tag) }))} />}
          <Texts key={locale} now={now} form={form} locale={locale} setForm={setForm} />
          <Saving work={work} changed={changed} onDiscard={() => setForm(stored)} />
        </div>
        <LivePreview now={now} draft={patchOf(form, now)} locales={form.locales} locale={locale} onLocale={choose} />
      </form>
    </Section>
  );
}

/** The words of the first language are the site's; another says its own where it has some. */
function Texts({ now, form, locale, setForm }: { now: Site; form: Form; locale: string; setForm: (form: Form) => void }) {
  if (locale === form.locales[0]) {
    return (
      <>
        <TextField label={t("site_name")} required maxLength={80} dir="auto" value={form.name} onValue={(name) => setForm({ ...form, name })} />
        <TextArea label={t("greeting")} maxLength={200} value={form.greeting} onValue={(greeting) => setForm({ ...form, greeting })} />
        <TextField label={t("reply_note")} maxLength={200} dir="auto" value={form.reply_note} onValue={(reply_note) => setForm({ ...form, reply_note })} hint={t("reply_note_hint")} />
      </>
    );
  }
  const own = form.words[locale] ?? NONE;
  const set = (patch: Partial<LookWords>) => setForm({ ...form, words: { ...form.words, [locale]: { ...own, ...patch } } });
  return (
    <>
      <TextField label={t("site_name")} maxLength={80} dir="auto" lang={locale} placeholder={form.name} value={own.name} onValue={(name) => set({ name })} />
      <TextArea label={t("greeting")} maxLength={200} lang={locale} placeholder={form.greeting} value={own.greeting} onValue={(greeting) => set({ greeting })} />
      <TextField label={t("reply_note")} maxLength={200} dir="auto" lang={locale} placeholder={form.reply_note} value={own.reply_note} onValue={(reply_note) => set({ reply_note })} />
      {now.look.launcher === "label" && <TextField label={t("launcher_words")} maxLength={30} dir="auto" lang={locale} placeholder={now.look.label} value={own.label} onValue={(label) => set({ label })} />}
      <p class="field-hint">{t("words_fall_back", { language: languageName(form.locales[0]!) })}</p>
    </>
  );
}
