import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { learn, t, type Key } from "../../i18n";
import words from "../../i18n/delay.json";
import { serverNow } from "../../state/clock";
import { LATE_LANGUAGES, lateSample, lateTexts, withLate, type LateLanguage } from "../../state/late";
import { missing } from "../../state/template";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Choice, TextArea } from "../../ui/field";
import { Saving } from "../../ui/saving";
import { Section } from "../pages/page";
import { saveSite } from "./save";

learn(words);

const NAMES: Record<LateLanguage, string> = { en: "English", ar: "العربية" };
const IN_TWO_DAYS = 48 * 3_600_000;

/** What customers are told when something is late, in each language that we have words for. */
export function Late({ now }: { now: Site }) {
  const [language, speak] = useState<LateLanguage>("en");
  return (
    <Section lead={t("late_lead")}>
      <Choice label={t("late_language")} value={language} onChange={speak} options={LATE_LANGUAGES.map((value) => ({ value, label: NAMES[value] }))} />
      <LateForm key={language} now={now} language={language} />
    </Section>
  );
}

function LateForm({ now, language }: { now: Site; language: LateLanguage }) {
  const [form, setForm] = useState(() => lateTexts(now, language));
  const work = useWork();
  const stored = lateTexts(now, language);
  const changed = form.known !== stored.known || form.open !== stored.open;
  const usual = lateTexts({}, language);
  const own = form.known !== usual.known || form.open !== usual.open;
  const save = async () => setForm(lateTexts(await saveSite(now.id, { late: withLate(now, language, form) }), language));
  const until = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZoneName: "short" }).format(serverNow() + IN_TWO_DAYS);
  const errorOf = (field: string) => (work.field === field ? work.error : undefined);
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        work.run(save);
      }}
    >
      <TextArea label={t("late_known")} rows={3} maxLength={1000} dir="auto" lang={language} value={form.known} error={errorOf("late.known")} onValue={(known) => setForm({ ...form, known })} />
      <Reads now={now} language={language} text={form.known || usual.known} until={until} />
      <TextArea label={t("late_open")} rows={3} maxLength={1000} dir="auto" lang={language} value={form.open} error={errorOf("late.open")} onValue={(open) => setForm({ ...form, open })} />
      <Reads now={now} language={language} text={form.open || usual.open} until="" />
      <p class="field-hint">{t("late_variables", { names: "{{delay.what}}, {{delay.reference}}, {{delay.reason}}, {{delay.until}}", example: "{{delay.reason|}}" })}</p>
      <Saving work={work} changed={changed} said={["late.known", "late.open"]}>
        {own && (
          <Button kind="quiet" onClick={() => setForm(usual)}>
            {t("late_usual")}
          </Button>
        )}
      </Saving>
    </form>
  );
}

/** How it reads for somebody of whom nothing is known; what may have no value is said. */
function Reads({ now, language, text, until }: { now: Site; language: LateLanguage; text: string; until: string }) {
  const facts = Object.fromEntries(Object.entries(now.facts).map(([name, fact]) => [`site.${name}`, fact]));
  const reads = lateSample(text, language, until, { ...facts, "site.name": now.name });
  const [lack] = missing(reads);
  const never: Key = lack?.startsWith("delay.") ? "late_never" : "late_lacks";
  return (
    <div class="late-reads">
      <p class="bubble" role="group" aria-label={t("late_reads")} lang={language} dir="auto">
        {reads}
      </p>
      {lack && (
        <p class="field-hint" role="status">
          {t(never, { name: `{{${lack}}}` })}
        </p>
      )}
    </div>
  );
}
