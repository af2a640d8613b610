import type { PassedOn, PassedSides, PassedWhy } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Table } from "../report/table";
import { COUNTS, waited } from "./figures";

const WHYS: readonly PassedWhy[] = ["declined", "gone", "recalled", "settled", "erased"];

/** Each way of passing something on, with what became of it. */
export function Became({ kinds }: { kinds: readonly PassedOn[] }) {
  return (
    // It is wider than a phone, so it can be moved by keys as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class="report-place" tabIndex={0} role="region" aria-label={t("handovers_what")}>
      <table class="report">
        <thead>
          <tr>
            <th scope="col">{t("handovers_kind")}</th>
            {COUNTS.map((c) => (
              <th key={c} scope="col" class="report-n">
                {t(`handovers_${c}`)}
              </th>
            ))}
            <th scope="col" class="report-n">
              {t("handovers_median")}
            </th>
            <th scope="col" class="report-n">
              {t("handovers_p90")}
            </th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((k) => (
            <tr key={k.kind}>
              <th scope="row">{t(`handovers_kind_${k.kind}`)}</th>
              {COUNTS.map((c) => (
                <td key={c} class="report-n">
                  {k[c]}
                </td>
              ))}
              <Waits kind={k} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Both times; where there are none, why, once. */
function Waits({ kind }: { kind: PassedOn }) {
  const median = waited(kind, "median");
  const p90 = waited(kind, "p90");
  if (kind.median === null) {
    return (
      <td colSpan={2} class="report-n quiet">
        {median}
      </td>
    );
  }
  return (
    <>
      <td class="report-n">{median}</td>
      <td class="report-n">{p90}</td>
    </>
  );
}

/** Why those that were returned were, all kinds together; nothing where none was. */
export function Whys({ kinds }: { kinds: readonly PassedOn[] }) {
  const found = WHYS.map((why) => ({ why, n: kinds.reduce((sum, k) => sum + (k.why[why] ?? 0), 0) })).filter((x) => x.n > 0);
  if (found.length === 0) return null;
  return (
    <div class="report-whys">
      <h3>{t("handovers_why")}</h3>
      <ul>
        {found.map(({ why, n }) => (
          <li key={why}>
            <span class="figures">{n}</span> {t(`handovers_why_${why}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Who gave and took how many, by name. */
export function Sides({ list, label }: { list: readonly PassedSides[]; label: string }) {
  return <Table label={label} first={t("report_name")} columns={[t("handovers_given"), t("handovers_taken")]} rows={list.map((s) => ({ id: s.id, name: s.name, cells: [s.given, s.taken] }))} />;
}
