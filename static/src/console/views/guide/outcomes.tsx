import { ChevronRight } from "lucide-preact";
import type { Outcome, Template } from "../../../wire/protocol";
import { t } from "../../i18n";

const of = (n: number, all: number) => (all > 0 ? t("outcome_of", { n, of: all }) : "–");

/** What is counted, and how it is told. */
const LINES = [
  ["outcome_uses", (o: Outcome) => String(o.uses)],
  ["outcome_answered", (o: Outcome) => of(o.answered, o.ended)],
  ["outcome_accepted", (o: Outcome) => of(o.accepted, o.uses)],
  ["outcome_solved", (o: Outcome) => of(o.solved, o.solved + o.unsolved)],
  ["outcome_reopened", (o: Outcome) => of(o.reopened, o.ended)],
] as const;

/** What came after replies that kept a template's words, beside those that changed them. */
export function Outcomes({ template: { as_is, reworded } }: { template: Template }) {
  return (
    <details class="fold">
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" /> {t("outcome")}
      </summary>
      <p class="field-hint">{t("outcome_lead")}</p>
      <table class="outcomes">
        <thead>
          <tr>
            <th scope="col">
              <span class="sr">{t("outcome")}</span>
            </th>
            <th scope="col">{t("outcome_as_is")}</th>
            <th scope="col">{t("outcome_reworded")}</th>
          </tr>
        </thead>
        <tbody>
          {LINES.map(([name, say]) => (
            <tr key={name}>
              <th scope="row">{t(name)}</th>
              <td>{say(as_is)}</td>
              <td>{say(reworded)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
