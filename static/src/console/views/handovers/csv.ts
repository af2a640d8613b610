/** The figures of the page as a table that spreadsheets read. */
import type { Handovers, PassedSides } from "../../../wire/protocol";
import { t } from "../../i18n";
import { line } from "../report/cells";
import { COUNTS, waited } from "./figures";

const sides = (title: string, list: readonly PassedSides[]) =>
  list.length === 0 ? [] : ["", line(title, t("handovers_given"), t("handovers_taken")), ...list.map((s) => line(s.name, s.given, s.taken))];

export function csv(f: Handovers): string {
  return [
    line(t("handovers"), f.since),
    "",
    line(t("handovers_kind"), ...COUNTS.map((c) => t(`handovers_${c}`)), t("handovers_median"), t("handovers_p90")),
    ...f.kinds.map((k) => line(t(`handovers_kind_${k.kind}`), ...COUNTS.map((c) => k[c]), waited(k, "median"), waited(k, "p90"))),
    "",
    line(f.far ? t("handovers_far", { n: f.far }) : t("handovers_far_none")),
    ...sides(t("handovers_teams"), f.teams),
    ...sides(t("handovers_agents"), f.agents),
    "",
  ].join("\r\n");
}
