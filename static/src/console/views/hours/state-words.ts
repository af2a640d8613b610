import type { WaitWords } from "../../../wire/protocol";
import { t } from "../../i18n";
import { dueWords } from "../agreement/when";

/** Whether the site would be open now, and when that changes. */
export function stateWords({ open, until }: WaitWords): string {
  return t(`hours_now_${open ? "open" : "closed"}${until ? "_until" : ""}`, { time: dueWords(until) });
}
