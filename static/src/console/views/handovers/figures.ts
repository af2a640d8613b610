/** What the page and its file say in the same words. */
import type { PassedOn } from "../../../wire/protocol";
import { t } from "../../i18n";
import { stopwatch } from "../../words";

/** What became of those that were asked: the first is the sum of the rest. */
export const COUNTS = ["asked", "accepted", "returned", "lapsed", "open"] as const;

/** Kinds that somebody answers, so that a customer may wait meanwhile. */
const ASKS: readonly string[] = ["handover", "guest", "question"];

/** A time that customers waited, or why there is none. */
export function waited(kind: PassedOn, which: "median" | "p90"): string {
  if (!ASKS.includes(kind.kind)) return t("handovers_no_wait");
  const seconds = kind[which];
  return seconds === null ? t("report_few") : stopwatch(seconds * 1000);
}
