/** The figures of the page as a table that spreadsheets read. */
import type { Figures, Served } from "../../../wire/protocol";
import { t } from "../../i18n";
import { line } from "../report/cells";
import { cells, COLUMNS, told } from "./words";

const served = (title: string, list: readonly Served[]) =>
  list.length === 0 ? [] : ["", line(title, ...COLUMNS.map((c) => t(`figures_${c}`))), ...list.map((s) => line(s.name, ...cells(s)))];

export function csv(f: Figures): string {
  return [
    line(t("figures"), f.since),
    "",
    ...told(f).map((x) => line(t(`figures_${x.what}`), x.value, x.means)),
    "",
    ...f.ratings.map((n, i) => line(t("figures_stars", { n: i + 1 }), n)),
    line(t("figures_solved", { n: f.solved })),
    line(t("figures_not_yet", { n: f.not_yet })),
    "",
    line(t("figures_day"), t("figures_began"), t("figures_answered"), t("figures_closed")),
    ...f.days.map((d) => line(d.day, d.started, d.answered, d.closed)),
    ...served(t("figures_teams"), f.teams),
    ...served(t("figures_people"), f.agents),
    "",
  ].join("\r\n");
}
