import { useState } from "preact/hooks";
import type { Hours, WaitRules } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Choice } from "../../ui/field";
import { stateWords } from "./state-words";
import { useWords } from "./use-words";

type Locale = "en" | "ar";

/** What a visitor reads of these settings, now and when we are closed, as the server would say it. */
export function Preview({ site, hours, rules }: { site: string; hours: Hours; rules: WaitRules }) {
  const [locale, read] = useState<Locale>("en");
  const { words, error } = useWords(site, hours, rules, locale);
  return (
    <aside class="words-preview" aria-label={t("words_preview")}>
      <h2>{t("words_preview")}</h2>
      <Choice
        label={t("words_language")}
        value={locale}
        onChange={read}
        options={[
          { value: "en", label: t("words_en") },
          { value: "ar", label: t("words_ar") },
        ]}
      />
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      {words && (
        <>
          <p class={`hours-now ${words.open ? "open" : ""}`}>{stateWords(words)}</p>
          {!rules.silent && hours.kept && <Bubble when={t("said_closed")} text={words.closed} />}
          {!rules.silent && <Bubble when={t("said_away")} text={words.away} />}
          {words.stages.map((text, i) => (
            <Bubble key={i} when={t("said_stage", { n: rules.stages[i]?.after ?? 0 })} text={text} />
          ))}
          {rules.ask_after > 0 && <Bubble when={t("said_ask", { n: rules.ask_after })} text={words.ask} />}
          {rules.ask_after > 0 && rules.close_after > 0 && <Bubble when={t("said_close")} text={words.close} />}
        </>
      )}
    </aside>
  );
}

function Bubble({ when, text }: { when: string; text: string }) {
  return (
    <div class="said">
      <span class="quiet">{when}</span>
      <p class="said-text" dir="auto">
        {text}
      </p>
    </div>
  );
}
