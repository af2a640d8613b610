import { t } from "../../i18n";
import { inkContrast, isColor } from "../../state/color";
import { Field } from "../../ui/field";

/** A colour to pick or to write, with what is read on it. */
export function ColorField({ value, onValue, error }: { value: string; onValue: (color: string) => void; error: string }) {
  const good = isColor(value);
  return (
    <Field label={t("color")} error={good ? error : t("color_bad")} hint={good && t("contrast_good", { ratio: inkContrast(value).toFixed(1) })}>
      {(ids) => (
        <div class="color-row">
          <input type="color" class="color" value={good ? value : "#000000"} aria-label={t("choose_color")} onInput={(e) => onValue(e.currentTarget.value)} />
          <input {...ids} type="text" class="input color-text" dir="ltr" value={value} maxLength={7} onInput={(e) => onValue(e.currentTarget.value.trim())} />
        </div>
      )}
    </Field>
  );
}
