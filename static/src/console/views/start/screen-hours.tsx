import "../hours/dress";
import { useState } from "preact/hooks";
import type { Hours } from "../../../wire/protocol";
import { t } from "../../i18n";
import { useWork } from "../../ui/busy";
import { Choice } from "../../ui/field";
import { firstHours, overlap } from "../hours/clock";
import { Week } from "../hours/week";
import type { ScreenProps } from "./screen";

/** When somebody is there: always, or the hours of a week. Holidays and the rest wait in the settings. */
export function HoursScreen({ now, onward, foot }: ScreenProps) {
  const [hours, set] = useState<Hours>(now.hours ?? firstHours());
  const work = useWork();
  const bad = hours.kept && hours.week.some(overlap);
  return (
    <form
      class="hours first-narrow"
      onSubmit={(e) => {
        e.preventDefault();
        if (!bad) work.run(() => onward(now.hours || hours.kept ? { hours } : {}));
      }}
    >
      <p class="card-lead">{t("first_hours_lead")}</p>
      <Choice
        label={t("first_there")}
        value={hours.kept ? "week" : "always"}
        onChange={(v) => set({ ...hours, kept: v === "week" })}
        options={[
          { value: "always", label: t("first_always") },
          { value: "week", label: t("first_week") },
        ]}
      />
      {hours.kept && (
        <>
          <Week hours={hours} change={(patch) => set({ ...hours, ...patch })} />
          <p class="field-hint">{t("first_zone", { zone: (hours.zone || "UTC").replaceAll("_", " ") })}</p>
        </>
      )}
      {bad && (
        <p class="field-error" role="alert">
          {t("first_overlap")}
        </p>
      )}
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      {foot(work.busy)}
    </form>
  );
}
