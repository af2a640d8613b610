import { useId } from "preact/hooks";
import icons from "../../../loader/icons.json";
import type { LauncherIcon } from "../../../wire/protocol";
import { t } from "../../i18n";

const ICONS = Object.keys(icons) as LauncherIcon[];

/** Which picture the launcher wears. */
export function IconChoice({ value, onValue }: { value: LauncherIcon; onValue: (icon: LauncherIcon) => void }) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend class="field-label">{t("icon")}</legend>
      <div class="choice-row">
        {ICONS.map((icon) => (
          <label key={icon} class={`choice-option icon-option ${icon === value ? "on" : ""}`} title={t(`icon_${icon}`)}>
            <input class="sr" type="radio" name={name} aria-label={t(`icon_${icon}`)} checked={icon === value} onChange={() => onValue(icon)} />
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
              <path d={icons[icon]} />
            </svg>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
