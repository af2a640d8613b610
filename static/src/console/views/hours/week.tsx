import { Copy } from "lucide-preact";
import type { Hours } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Menu } from "../../ui/menu";
import { copied, dayName, WEEK } from "./clock";
import { Periods } from "./periods";

/** An ordinary week, a line for each day; one day is copied to others. */
export function Week({ hours, change }: { hours: Hours; change: (patch: Partial<Hours>) => void }) {
  const { week } = hours;
  const to = (from: number, days: readonly number[]) => change({ week: copied(week, from, days) });
  return (
    <ul class="week" aria-label={t("week")}>
      {WEEK.map((day) => {
        const name = dayName(day);
        return (
          <li key={day} class={week[day]!.length ? "week-day" : "week-day week-closed"}>
            <span class="week-name">{name}</span>
            <Periods of={name} list={week[day]!} onList={(list) => change({ week: week.map((p, i) => (i === day ? list : p)) })} />
            <Menu
              label={t("copy_day", { day: name })}
              class="icon-button small"
              items={[
                { id: "work", label: t("copy_weekdays"), run: () => to(day, [1, 2, 3, 4, 5]) },
                { id: "all", label: t("copy_all"), run: () => to(day, WEEK) },
                ...WEEK.filter((d) => d !== day).map((d, i) => ({ id: `d${d}`, label: dayName(d), divide: i === 0, run: () => to(day, [d]) })),
              ]}
            >
              <Copy size={14} />
            </Menu>
          </li>
        );
      })}
    </ul>
  );
}
