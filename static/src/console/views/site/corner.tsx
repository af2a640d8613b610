import type { Look, SiteSettings } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Choice, Field } from "../../ui/field";

type Place = Pick<SiteSettings, "position"> & Pick<Look, "side" | "bottom">;

/** In which corner the launcher stands, and how far from its edges. */
export function Corner({ value, onValue, errorOf }: { value: Place; onValue: (patch: Partial<Place>) => void; errorOf: (field: string) => string }) {
  return (
    <>
      <Choice
        label={t("position")}
        value={value.position}
        onChange={(position) => onValue({ position })}
        options={[
          { value: "left", label: t("position_left") },
          { value: "right", label: t("position_right") },
        ]}
      />
      <div class="corner-pair">
        <Pixels label={t("side")} value={value.side} onValue={(side) => onValue({ side })} error={errorOf("side")} />
        <Pixels label={t("bottom")} value={value.bottom} onValue={(bottom) => onValue({ bottom })} error={errorOf("bottom")} />
      </div>
    </>
  );
}

function Pixels({ label, value, onValue, error }: { label: string; value: number; onValue: (n: number) => void; error: string }) {
  return (
    <Field label={label} error={error}>
      {(ids) => <input {...ids} type="number" class="input" min={4} max={200} required value={value} onInput={(e) => Number.isInteger(e.currentTarget.valueAsNumber) && onValue(e.currentTarget.valueAsNumber)} />}
    </Field>
  );
}
