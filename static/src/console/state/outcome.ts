/** Pure words about what came after a template: how often it was used, and how that ended. */
import type { Outcome, Template } from "../../wire/protocol";

/** How often customers must have said before an outcome is told or ranks; cycle.Said. */
export const ENOUGH = 5;

export const NO_OUTCOME: Outcome = { uses: 0, ended: 0, answered: 0, accepted: 0, reopened: 0, solved: 0, unsolved: 0 };

/** What customers said of all its replies, or null while too few have said. */
export function saidOf({ as_is, reworded }: Pick<Template, "as_is" | "reworded">): { solved: number; of: number } | null {
  const solved = as_is.solved + reworded.solved;
  const of = solved + as_is.unsolved + reworded.unsolved;
  return of < ENOUGH ? null : { solved, of };
}
