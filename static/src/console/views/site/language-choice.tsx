import { t } from "../../i18n";
import { Field } from "../../ui/field";
import { languageName } from "./languages";

/** Which languages are offered; the first of them is spoken with everybody whose own is not among them. */
export function Languages({ all, value, onValue }: { all: readonly string[]; value: readonly string[]; onValue: (tags: readonly string[]) => void }) {
  return (
    <>
      <fieldset class="choice">
        <legend class="field-label">{t("languages")}</legend>
        <div class="choice-row">
          {all.map((tag) => {
            const on = value.includes(tag);
            return (
              <label key={tag} class={`choice-option ${on ? "on" : ""}`}>
                <input class="sr" type="checkbox" checked={on} disabled={on && value.length === 1} onChange={() => onValue(on ? value.filter((v) => v !== tag) : [...value, tag])} />
                <bdi lang={tag}>{languageName(tag)}</bdi>
              </label>
            );
          })}
        </div>
        <p class="field-hint">{t("languages_hint")}</p>
      </fieldset>
      {value.length > 1 && (
        <Field label={t("language_otherwise")} hint={t("language_otherwise_hint")}>
          {(ids) => (
            <select {...ids} class="input select" value={value[0]} onChange={(e) => onValue([e.currentTarget.value, ...value.filter((tag) => tag !== e.currentTarget.value)])}>
              {value.map((tag) => (
                <option key={tag} value={tag}>
                  {languageName(tag)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </>
  );
}
