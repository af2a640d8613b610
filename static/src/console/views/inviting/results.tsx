import { ChevronRight } from "lucide-preact";
import { useState } from "preact/hooks";
import type { InviteUse, InviteUses, Site } from "../../../wire/protocol";
import { api } from "../../api";
import { locale, t } from "../../i18n";
import { Skeleton, Trouble } from "../../ui/state";
import { useFetched } from "../guide/use-fetched";
import { Section } from "../pages/page";
import { rulesOf } from "./rules";
import { shareOf, sumOf } from "./sums";

/** A local day, as people write it. */
const dayName = (day: string) => new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));

/** What came of each rule's invitations lately, and day by day. */
export function Results({ now }: { now: Site }) {
  const [all, show] = useState<InviteUses | null>(null);
  const { error, retry } = useFetched(async () => show(await api.get<InviteUses>(`sites/${now.id}/inviting/results`)));
  const rules = rulesOf(now.inviting).map((r) => ({ ...r, days: all?.uses.filter((u) => u.rule === r.id) ?? [] }));
  const some = rules.filter((r) => r.days.length > 0);
  return (
    <Section title={t("inviting_results")} lead={all && t("inviting_results_lead", { day: dayName(all.since) })}>
      {!all && (error === null ? <Skeleton lines={2} /> : <Trouble message={error} retry={retry} />)}
      {all && some.length === 0 && <p class="quiet">{t("inviting_no_results")}</p>}
      {some.length > 0 && (
        <div class="inviting-results">
          <Table head={t("inviting_rule")} rows={some.map((r) => ({ key: r.id, name: r.name, goal: !!r.goal, use: sumOf(r.days) }))} />
          <details class="fold">
            <summary>
              <ChevronRight size={14} class="fold-sign mirror" /> {t("inviting_by_day")}
            </summary>
            {some.map((r) => (
              <section key={r.id}>
                <h3>{r.name}</h3>
                <Table head={t("inviting_day")} rows={r.days.map((use) => ({ key: use.day, name: dayName(use.day), goal: !!r.goal, use }))} />
              </section>
            ))}
          </details>
        </div>
      )}
    </Section>
  );
}

interface Line {
  key: string;
  name: string;
  /** The rule has a goal that could be led to. */
  goal: boolean;
  use: Omit<InviteUse, "rule" | "day">;
}

function Table({ head, rows }: { head: string; rows: readonly Line[] }) {
  return (
    <table class="outcomes">
      <thead>
        <tr>
          {[head, t("inviting_shown"), t("inviting_declined"), t("inviting_answered"), t("inviting_led")].map((h) => (
            <th key={h} scope="col">
              {h}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, goal, use }) => (
          <tr key={key}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td>{use.shown}</td>
            <td>{use.declined}</td>
            <td>{shareOf(use.answered, use.shown)}</td>
            <td>{goal || use.led > 0 ? shareOf(use.led, use.answered) : <span class="quiet">{t("inviting_no_goal")}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
