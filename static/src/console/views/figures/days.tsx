import type { FiguresDay } from "../../../wire/protocol";
import { t } from "../../i18n";
import { longDate } from "../../words";
import { Table } from "../report/table";

/** The height of the drawing, and the width of a day with its gap, in its own units. */
const HIGH = 100;
const DAY = 10;
const GAP = 2;

/** What began each day and what was answered of it, as bars, and as a table for who reads or hears. */
export function Days({ days }: { days: readonly FiguresDay[] }) {
  const most = Math.max(1, ...days.flatMap((d) => [d.started, d.answered]));
  const high = (n: number) => (n * HIGH) / most;
  return (
    <>
      <div class="figures-most quiet figures" aria-hidden="true">
        {most}
      </div>
      <svg class="figures-days" viewBox={`0 0 ${days.length * DAY} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
        {days.map((d, i) => (
          <g key={d.day}>
            <title>{said(d)}</title>
            <rect class="figures-room" x={i * DAY} y={0} width={DAY} height={HIGH} />
            <rect class="figures-began" x={i * DAY} y={HIGH - high(d.started)} width={DAY - GAP} height={high(d.started)} />
            <rect class="figures-answered" x={i * DAY} y={HIGH - high(d.answered)} width={(DAY - GAP) / 2} height={high(d.answered)} />
          </g>
        ))}
      </svg>
      <div class="figures-ends quiet" aria-hidden="true">
        <span>{named(days[0]!)}</span>
        <span class="figures-key">
          <i class="figures-began" /> {t("figures_began")} <i class="figures-answered" /> {t("figures_answered")}
        </span>
        <span>{named(days.at(-1)!)}</span>
      </div>
      <details class="figures-table">
        <summary>{t("figures_table")}</summary>
        <Table
          label={t("figures_days")}
          first={t("figures_day")}
          columns={[t("figures_began"), t("figures_answered"), t("figures_closed")]}
          rows={days.map((d) => ({ id: d.day, name: named(d), cells: [d.started, d.answered, d.closed] }))}
        />
      </details>
    </>
  );
}

const named = (d: FiguresDay) => longDate(Date.parse(`${d.day}T12:00`));
const said = (d: FiguresDay) => t("figures_bar", { day: named(d), started: d.started, answered: d.answered, closed: d.closed });
