import { ChevronRight } from "lucide-preact";
import { STEPS, type Fit, type Step } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { TextField } from "../../ui/field";
import { stepName } from "../../words";

/** The words of each list, in the order of chat.Fit. */
const WORDS = {
  types: ["request", "question", "complaint", "compliment"],
  moods: ["fine", "unsure", "upset"],
  segments: ["prospective", "new", "existing", "past"],
  loyalty: ["prospect", "first_time", "exclusive", "switcher"],
  journey: ["awareness", "consideration", "decision", "purchase", "retention", "advocacy"],
  stages: ["listen", "feel", "record", "expect", "solve", "confirm", "follow_up"],
  channels: ["chat", "email", "social", "review", "forum", "messaging", "call", "visit"],
} as const;

/** For whom something is: folded away until somebody wants it. */
export function FitEditor({ fit, hint, error, onChange }: { fit: Fit; hint: string; error?: string | undefined; onChange: (fit: Fit) => void }) {
  const put = (name: keyof Fit, list: readonly string[]) => {
    const { [name]: _, ...rest } = fit;
    onChange((list.length > 0 ? { ...rest, [name]: list } : rest) as Fit);
  };
  return (
    <details class="fold" open={Boolean(error) || undefined}>
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" /> {t("fit")}
        <span class="quiet"> {fitSummary(fit)}</span>
      </summary>
      <p class="field-hint">{hint}</p>
      {(Object.keys(WORDS) as (keyof typeof WORDS)[]).map((name) => (
        <Many key={name} label={t(`fit_${name}`)} chosen={fit[name] ?? []} words={WORDS[name].map((w) => ({ value: w, label: t(`fit_${w}`) }))} onChange={(list) => put(name, list)} />
      ))}
      <TextField label={t("fit_languages")} hint={t("fit_languages_hint")} dir="ltr" value={(fit.languages ?? []).join(", ")} onChange={(e) => put("languages", parted(e.currentTarget.value))} onValue={() => {}} error={error} />
    </details>
  );
}

/** What is chosen, in a line. */
export function fitSummary(fit: Fit): string {
  const { languages = [], ...lists } = fit;
  return [...Object.values(lists as Record<string, string[]>).flatMap((list) => list.map((w) => t(`fit_${w}` as Key))), ...languages].join(", ");
}

export const parted = (text: string) => text.split(",").map((s) => s.trim()).filter(Boolean);

/** Any number of a few, side by side. */
export function Many<T extends string>({ label, hint, words, chosen, error, onChange }: { label: string; hint?: string; words: { value: T; label: string }[]; chosen: readonly string[]; error?: string | undefined; onChange: (list: T[]) => void }) {
  const toggle = (one: T) => onChange(words.map((w) => w.value).filter((w) => (w === one) !== chosen.includes(w)));
  return (
    <fieldset class="choice">
      <legend class="field-label">{label}</legend>
      <div class="choice-row">
        {words.map((w) => (
          <label key={w.value} class={`choice-option ${chosen.includes(w.value) ? "on" : ""}`}>
            <input class="sr" type="checkbox" checked={chosen.includes(w.value)} onChange={() => toggle(w.value)} />
            {w.label}
          </label>
        ))}
      </div>
      {hint && <p class="field-hint">{hint}</p>}
      {error && <p class="field-error">{error}</p>}
    </fieldset>
  );
}

export function StepsChoice({ label, hint, chosen, error, onChange }: { label: string; hint?: string; chosen: readonly Step[]; error?: string | undefined; onChange: (steps: Step[]) => void }) {
  const words = STEPS.map((s, i) => ({ value: s, label: `${i + 1} · ${stepName(s)}` }));
  return <Many label={label} words={words} chosen={chosen} error={error} onChange={onChange} {...(hint ? { hint } : {})} />;
}
