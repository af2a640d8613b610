import type { Grant } from "../../../wire/protocol";
import { amountWords } from "../../state/authority";

/** "Credit €12.50", "Small gift". */
export function grantWords(g: Pick<Grant, "name" | "amount" | "unit" | "currency">): string {
  return [g.name, amountWords(g.amount, g.unit, g.currency)].filter(Boolean).join(" ");
}
