import { useEffect, useState } from "preact/hooks";
import type { EvidenceRule, Step } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { fetchRules, rules } from "../../state/rules";
import { Field, TextField } from "../../ui/field";
import { useFetched } from "./use-fetched";

interface Shown {
  name: string;
  words: string;
}

/** A line is read this long after the last letter, ms. */
const PAUSE = 400;

/** By what a prompt ticks itself: a rule, what it means, and a line to try it on. */
export function Evidence({ rule, step, error, onChange }: { rule: string; step: Step; error: string; onChange: (rule: string) => void }) {
  const fetched = useFetched(fetchRules);
  const chosen = rules.value.find((r) => r.name === rule);
  const about = chosen && (
    <>
      {chosen.means} {chosen.example && t("rule_example", { words: chosen.example })}
    </>
  );
  return (
    <div class="evidence">
      <Field label={t("prompt_evidence")} hint={fetched.error ?? about} error={error}>
        {(ids) => (
          <select {...ids} class="input select" value={rule} onChange={(e) => onChange(e.currentTarget.value)}>
            <option value="">{t("by_hand")}</option>
            {rule && !chosen && <option value={rule}>{rule}</option>}
            {rules.value.map((r) => (
              <option key={r.name} value={r.name}>
                {r.why}
              </option>
            ))}
          </select>
        )}
      </Field>
      {(!chosen || chosen.example) && <Trial rule={chosen} step={step} choose={onChange} />}
    </div>
  );
}

/** A line of one's own, and what the rules find in it. */
function Trial({ rule, step, choose }: { rule: EvidenceRule | undefined; step: Step; choose: (rule: string) => void }) {
  const [line, setLine] = useState("");
  const { found, error } = useShown(line, step);
  const hit = found?.find((f) => f.name === rule?.name);
  const others = rules.value.filter((r) => r !== rule && found?.some((f) => f.name === r.name));
  return (
    <>
      <TextField
        label={t("try_line")}
        hint={t("try_line_hint")}
        error={error}
        dir="auto"
        maxLength={500}
        value={line}
        onValue={setLine}
        onKeyDown={(e) => {
          if (e.key === "Enter" && !e.isComposing) e.preventDefault(); // Enter would save the prompt
        }}
      />
      <p role="status" class={hit ? "evidence-yes" : "quiet"}>
        {found && rule && (hit ? t("try_yes", { words: hit.words }) : t("try_no"))}
        {found && !rule && others.length === 0 && t("try_nothing")}
      </p>
      {others.length > 0 && (
        <div class="choice-row">
          <span class="quiet">{t(hit ? "try_also" : "try_shows")}</span>
          {others.map((r) => (
            <button type="button" key={r.name} class="choice-option" onClick={() => choose(r.name)}>
              {r.why}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** What the rules find in a line; found is null while nothing was read. */
function useShown(line: string, step: Step): { found: Shown[] | null; error: string } {
  const [state, set] = useState<{ found: Shown[] | null; error: string }>({ found: null, error: "" });
  useEffect(() => {
    if (!line.trim()) {
      set({ found: null, error: "" });
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      api.post<{ found: Shown[] }>("rules/try", { text: line, step }).then(
        ({ found }) => wanted && set({ found, error: "" }),
        (err: ApiError) => wanted && set({ found: null, error: err.message }),
      );
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [line, step]);
  return state;
}
