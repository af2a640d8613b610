import { useState } from "preact/hooks";
import { wear } from "../../console/ui/sheet";
import type { ShownField, ShownForm } from "../../wire";
import type { App } from "../app";
import css from "../styles/form.css?sheet";
import { t } from "../words";

wear(css);

/**
 * What is asked before the first message, or, while nobody is there, in its place. What was typed
 * in the composer stands here too, and goes on standing there.
 */
export function Form({ app, form, away }: { app: App; form: ShownForm; away: boolean }) {
  const [answers, setAnswers] = useState<Record<string, string>>(() => prefilled(form, app.told));
    const fields = away && !form.fields.some((f) => f.kind === "email") ? [...form.fields, ADDRESS] : form.fields;
  const send = () => {
    app.form.value = { answers: Object.fromEntries(Object.entries(answers).filter(([, v]) => v.trim())), agreed: form.consent !== "", version: form.version, away };
    if (!away) return void app.focusAsked.value++;
    app.post(app.draft.value.trim());
    app.draft.value = "";
  };
  return (
    <form
      class="ask-first"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <p class="intro" dir="auto">{form.intro || t(away ? "form.away" : "form.intro")}</p>
      {fields.map((f) => (
        <Field key={f.key} field={f} needed={f.required || (away && f.kind === "email")} value={answers[f.key] ?? ""} set={(v) => setAnswers({ ...answers, [f.key]: v })} />
      ))}
      {away && (
        <label>
          <span>{t("form.message")}</span>
          <textarea rows={4} required dir="auto" maxLength={app.model.value.textLimit} value={app.draft.value} onInput={(e) => (app.draft.value = e.currentTarget.value)} />
        </label>
      )}
      {form.consent && (
        <p class="tick">
          <label>
            <input type="checkbox" required />
            <span dir="auto">{form.consent}</span>
          </label>
          {form.link && <a href={form.link} target="_blank" rel="noopener noreferrer">{t("form.more")}</a>}
        </p>
      )}
      <button type="submit" class="solid">{t(away ? "form.send" : "form.go")}</button>
    </form>
  );
}

const ADDRESS: ShownField = { kind: "email", key: "email", required: true, options: [], label: "", labels: [] };

/** What the page has told of its customer need not be typed again. */
function prefilled(form: ShownForm, told: Readonly<Record<string, string>>): Record<string, string> {
  const known = Object.entries(told).filter(([key]) => key === "name" || key === "email" || form.fields.some((f) => f.key === key && f.kind === "text"));
  return Object.fromEntries(known);
}

function Field({ field, needed, value, set }: { field: ShownField; needed: boolean; value: string; set: (v: string) => void }) {
  const label = field.kind === "name" ? t("form.name") : field.kind === "email" ? t("form.email") : field.label;
  const words = (
    <span dir="auto">
      {label}
      {!needed && field.kind !== "check" && <small> {t("form.optional")}</small>}
    </span>
  );
  if (field.kind === "check")
    return (
      <p class="tick">
        <label>
          <input type="checkbox" required={needed} checked={value !== ""} onChange={(e) => set(e.currentTarget.checked ? "yes" : "")} />
          {words}
        </label>
      </p>
    );
  if (field.kind === "choice")
    return (
      <label>
        {words}
        <select required={needed} value={value} onChange={(e) => set(e.currentTarget.value)}>
          <option value="">{t("form.choose")}</option>
          {field.options.map((o, i) => <option key={o} value={o}>{field.labels[i]}</option>)}
        </select>
      </label>
    );
  return (
    <label>
      {words}
      {field.kind === "email" ? (
        <input type="email" required={needed} dir="ltr" maxLength={254} autocomplete="email" value={value} onInput={(e) => set(e.currentTarget.value)} />
      ) : (
        <input type="text" required={needed} dir="auto" maxLength={field.kind === "name" ? 80 : 500} autocomplete={field.kind === "name" ? "name" : "off"} value={value} onInput={(e) => set(e.currentTarget.value)} />
      )}
    </label>
  );
}
