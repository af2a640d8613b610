import { ArrowLeft } from "lucide-preact";
import { useState } from "preact/hooks";
import type { InviteRule, Site } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Choice, Switch, TextArea, TextField } from "../../ui/field";
import { Saving } from "../../ui/saving";
import { Section } from "../pages/page";
import { languageName, offeredBy } from "../site/languages";
import { LivePreview } from "../site/preview";
import { Conditions } from "./conditions";
import { MOST_WORDS, plain } from "./rules";
import { sentence } from "./sentence";
import { TryRule } from "./try";

interface Props {
  now: Site;
  rule: InviteRule;
  /** It is not stored yet. */
  fresh: boolean;
  /** Its place among the rules, by which the server names what is wrong. */
  place: number;
  save: (rule: InviteRule) => Promise<unknown>;
  onClose: () => void;
}

/** One rule: who, when, with which words; a sentence that says so, and the card as a page shows it. */
export function Editor({ now, rule, fresh, place, save, onClose }: Props) {
  const [draft, set] = useState(rule);
  const [locale, setLocale] = useState(offeredBy(now)[0]!);
  const work = useWork();
  const change = (patch: Partial<InviteRule>) => set({ ...draft, ...patch });
  const errorOf = (field: string) => (work.field === `inviting.rules.${place}.${field}` ? work.error : "");
  const submit = (e: Event) => {
    e.preventDefault();
    work.run(async () => {
      await save(plain(draft));
      onClose();
    });
  };
  const name = now.look.words[locale]?.name || now.name;
  return (
    <Section title={fresh ? t("inviting_new") : t("inviting_edit", { name: rule.name })}>
      <form class="look" onSubmit={submit}>
        <div class="look-fields">
          <TextField label={t("inviting_name")} hint={t("inviting_name_hint")} required maxLength={80} dir="auto" value={draft.name} onValue={(v) => change({ name: v })} error={errorOf("name")} />
          <Switch label={t("inviting_rule_on")} checked={draft.on} onChange={(on) => change({ on })} />
          <div class="field">
            <span class="field-label">{t("inviting_says")}</span>
            <p class="inviting-says">{sentence(draft)}</p>
          </div>
          <Conditions now={now} rule={draft} change={change} errorOf={errorOf} />
          <h3>{t("inviting_what")}</h3>
          <Words now={now} rule={draft} locale={locale} change={change} errorOf={errorOf} />
          <Choice
            label={t("inviting_from")}
            value={draft.from ?? ""}
            onChange={(from) => change({ from })}
            options={[
              { value: "", label: t("inviting_from_site") },
              { value: "agent", label: t("inviting_from_agent") },
            ]}
          />
          {draft.from === "agent" && <p class="field-hint">{t("inviting_from_hint")}</p>}
          <TryRule now={now} rule={draft} />
          <TextField label={t("inviting_goal")} hint={t("inviting_goal_hint")} dir="auto" maxLength={64} placeholder={t("inviting_goal_example")} value={draft.goal ?? ""} onValue={(goal) => change({ goal })} error={errorOf("goal")} />
          <Saving work={work} changed={fresh || JSON.stringify(plain(draft)) !== JSON.stringify(plain(rule))} said={SAID.map((field) => `inviting.rules.${place}.${field}`)} sticky>
            <Button kind="quiet" onClick={onClose}>
              <ArrowLeft size={16} class="mirror" /> {t("inviting_back")}
            </Button>
          </Saving>
        </div>
        <LivePreview now={now} draft={{}} locales={offeredBy(now)} locale={locale} onLocale={setLocale} card={{ from: name, text: draft.words?.[locale] || draft.text }} />
      </form>
    </Section>
  );
}

/** Fields of which their own input says what is wrong. */
const SAID = ["name", "pages", "on_page", "on_site", "sources", "visits", "event", "text", "goal"];

type WordsProps = { now: Site; rule: InviteRule; locale: string; change: (patch: Partial<InviteRule>) => void; errorOf: (field: string) => string };

/** The words in the first language of the chat, and in the one that is looked at. */
function Words({ now, rule, locale, change, errorOf }: WordsProps) {
  const [first, ...others] = offeredBy(now);
  return (
    <>
      <TextArea label={t("inviting_text")} required lang={first} maxLength={MOST_WORDS} value={rule.text} onValue={(text) => change({ text })} error={errorOf("text")} />
      {others.map((tag) => (
        <TextArea key={tag} label={t("inviting_text_in", { language: languageName(tag) })} hint={tag === locale ? t("inviting_text_hint") : undefined} rows={2} lang={tag} maxLength={MOST_WORDS} placeholder={rule.text} value={rule.words?.[tag] ?? ""} onValue={(text) => change({ words: { ...rule.words, [tag]: text } })} />
      ))}
    </>
  );
}
