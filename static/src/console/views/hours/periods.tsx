import { Plus, X } from "lucide-preact";
import type { Period } from "../../../wire/protocol";
import { t } from "../../i18n";
import { IconButton } from "../../ui/button";
import { DAY, fromClock, MAX_PERIODS, onePeriodMore, overlap, period, toClock } from "./clock";

/** A day's opening periods, each with two times; none says that it is closed. */
export function Periods({ of, list, onList }: { of: string; list: readonly Period[]; onList: (list: Period[]) => void }) {
  const put = (i: number, open: string, close: string) => {
    const [from, to] = [fromClock(open), fromClock(close)];
    if (from >= 0 && to >= 0) onList(list.map((p, at) => (at === i ? period(from, to) : p)));
  };
  const more = onePeriodMore(list);
  return (
    <div class="periods">
      {list.length === 0 && <span class="quiet">{t("hours_closed")}</span>}
      {list.map((p, i) => (
        <div key={i} class="period">
          <input type="time" class="input" aria-label={t("opens_on", { day: of })} value={toClock(p.open)} onChange={(e) => put(i, e.currentTarget.value, toClock(p.close))} />
          <span aria-hidden="true">–</span>
          <input type="time" class="input" aria-label={t("closes_on", { day: of })} value={toClock(p.close)} onChange={(e) => put(i, toClock(p.open), e.currentTarget.value)} />
          {p.close > DAY && <span class="quiet">{t("next_day")}</span>}
          <IconButton class="small" label={t("period_remove", { day: of, from: toClock(p.open) })} onClick={() => onList(list.filter((_, at) => at !== i))}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
      {more.length > list.length && list.length < MAX_PERIODS && (
        <button type="button" class="pick" aria-label={t(list.length ? "period_add_to" : "hours_open_on", { day: of })} onClick={() => onList(more)}>
          <Plus size={14} aria-hidden="true" /> {t(list.length ? "period_add" : "hours_open")}
        </button>
      )}
      {overlap(list) && (
        <p class="field-error" role="alert">
          {t("periods_overlap")}
        </p>
      )}
    </div>
  );
}
