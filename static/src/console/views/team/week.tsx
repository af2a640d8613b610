import { Copy, Plus, X } from "lucide-preact";
import type { Hours, Period } from "../../../wire/protocol";
import { locale, t } from "../../i18n";
import { Button } from "../../ui/button";
import { Field, Switch } from "../../ui/field";

/** Monday first; the protocol has Sunday first. */
const DAYS = [1, 2, 3, 4, 5, 6, 0] as const;
const NINE_TO_FIVE: Period = { open: 9 * 60, close: 17 * 60 };

const ordinary = (): Hours => ({
  kept: true,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  week: [[], ...Array.from({ length: 5 }, () => [NINE_TO_FIVE]), []],
  country: "",
});

/** "Monday": the first Sunday of 2024 was its seventh day. */
const dayName = (day: number) => new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, 7 + day));
/** "09:00" of minutes since midnight; midnight itself, where a period ends at it. */
const clock = (minutes: number) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
/** A period whose end is not after its beginning goes on past midnight. */
const period = (open: number, close: number): Period => ({ open, close: close % 1440 <= open ? (close % 1440) + 1440 : close % 1440 });

/** When somebody works: a week of periods in a zone, or nothing said. */
export function WeekEditor({ hours, error, onChange }: { hours: Hours | undefined; error: string; onChange: (hours: Hours | undefined) => void }) {
  const set = (day: number, periods: Period[]) => hours && onChange({ ...hours, week: hours.week.map((p, i) => (i === day ? periods : p)) });
  const copyMonday = () => hours && onChange({ ...hours, week: hours.week.map((p, i) => (i >= 2 && i <= 5 ? (hours.week[1] ?? []) : p)) });
  return (
    <fieldset class="choice">
      <legend class="field-label">{t("working_hours")}</legend>
      <Switch label={t("keeps_hours")} hint={t("keeps_hours_hint")} checked={hours !== undefined} onChange={(on) => onChange(on ? ordinary() : undefined)} />
      {hours && (
        <div class="worktimes">
          {DAYS.map((day) => (
            <Day key={day} name={dayName(day)} periods={hours.week[day] ?? []} onChange={(periods) => set(day, periods)} />
          ))}
          <div>
            <Button kind="quiet" onClick={copyMonday}>
              <Copy size={14} /> {t("copy_to_weekdays")}
            </Button>
          </div>
          <Field label={t("zone")} error={error}>
            {(ids) => (
              <select {...ids} class="input select" value={hours.zone} onChange={(e) => onChange({ ...hours, zone: e.currentTarget.value })}>
                {zones(hours.zone).map((z) => (
                  <option key={z} value={z}>
                    {z.replaceAll("_", " ")}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      )}
    </fieldset>
  );
}

function zones(chosen: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return known.includes(chosen) ? known : [chosen, ...known];
}

function Day({ name, periods, onChange }: { name: string; periods: readonly Period[]; onChange: (periods: Period[]) => void }) {
  const put = (at: number, changed: Period) => onChange(periods.map((p, i) => (i === at ? changed : p)));
  const last = periods.at(-1);
  const add = () => onChange([...periods, last ? period(Math.min(last.close % 1440, 1380), Math.min((last.close % 1440) + 60, 1439)) : NINE_TO_FIVE]);
  return (
    <div class="worktimes-day">
      <strong>{name}</strong>
      <div class="worktimes-periods">
        {periods.length === 0 && <span class="quiet">{t("off_that_day")}</span>}
        {periods.map((p, i) => (
          <span key={i} class="worktimes-period">
            <input type="time" class="input" required aria-label={t("from_on", { day: name })} value={clock(p.open)} onChange={(e) => put(i, period(minutesOf(e.currentTarget.value), p.close))} />
            –
            <input type="time" class="input" required aria-label={t("until_on", { day: name })} value={clock(p.close)} onChange={(e) => put(i, period(p.open, minutesOf(e.currentTarget.value)))} />
            <button type="button" class="icon-button" aria-label={t("drop_hours", { day: name })} onClick={() => onChange(periods.filter((_, j) => j !== i))}>
              <X size={14} />
            </button>
          </span>
        ))}
        <button type="button" class="icon-button" aria-label={t("add_hours", { day: name })} onClick={add}>
          <Plus size={14} />
        </button>
      </div>
    </div>
  );
}
