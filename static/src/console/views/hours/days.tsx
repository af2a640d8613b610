import { CalendarPlus, Trash2 } from "lucide-preact";
import type { Hours, OwnDay } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Button, IconButton } from "../../ui/button";
import { dateWords, inOrder, MAX_DAYS } from "./clock";
import { Periods } from "./periods";

/** A date as its field has it, here and now. */
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

/** Days unlike their week: closed, or with hours of their own; once, several in a row, or every year. */
export function Days({ hours, change }: { hours: Hours; change: (patch: Partial<Hours>) => void }) {
  const days = hours.days ?? [];
  const put = (i: number, patch: Partial<OwnDay>) =>
    change({
      days: days.map((d, at) => {
        if (at !== i) return d;
        const { until, yearly, ...rest } = { ...d, ...patch };
        // What comes every year is one day, and an end after its beginning.
        return { ...rest, ...(yearly ? { yearly } : until && until > rest.date ? { until } : {}) };
      }),
    });
  return (
    <>
      {days.length === 0 && <p class="quiet">{t("days_none")}</p>}
      <ul class="own-days" aria-label={t("days")}>
        {days.map((d, i) => (
          <li key={i} class="own-day">
            <div class="own-day-when">
              <input type="date" class="input" aria-label={t("day_date")} value={d.date} onChange={(e) => e.currentTarget.value && put(i, { date: e.currentTarget.value })} />
              {!d.yearly && <input type="date" class="input" aria-label={t("day_until")} title={t("day_until")} min={d.date} value={d.until ?? d.date} onChange={(e) => put(i, { until: e.currentTarget.value })} />}
              <input type="text" class="input own-day-name" dir="auto" maxLength={80} aria-label={t("day_name")} placeholder={t("day_name")} value={d.name} onInput={(e) => put(i, { name: e.currentTarget.value })} />
              <IconButton label={t("day_remove", { day: dateWords(d) })} onClick={() => change({ days: days.filter((_, at) => at !== i) })}>
                <Trash2 size={16} />
              </IconButton>
            </div>
            <div class="own-day-hours">
              <Periods of={dateWords(d)} list={d.hours} onList={(list) => put(i, { hours: list })} />
              <label class="every-year">
                <input type="checkbox" checked={d.yearly ?? false} onChange={(e) => put(i, { yearly: e.currentTarget.checked })} /> {t("every_year")}
              </label>
            </div>
          </li>
        ))}
      </ul>
      {days.length < MAX_DAYS && (
        <div class="form-actions">
          <Button onClick={() => change({ days: [...inOrder(days), { date: today(), name: "", hours: [] }] })}>
            <CalendarPlus size={16} /> {t("day_add")}
          </Button>
        </div>
      )}
    </>
  );
}
