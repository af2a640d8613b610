import type { InviteUse } from "../../../wire/protocol";
import { locale, t } from "../../i18n";

/** Of fewer than this many a share says nothing. */
const ENOUGH = 30;

type Counts = Omit<InviteUse, "rule" | "day">;

export const sumOf = (days: readonly Counts[]): Counts =>
  days.reduce((a, b) => ({ shown: a.shown + b.shown, declined: a.declined + b.declined, answered: a.answered + b.answered, led: a.led + b.led }), { shown: 0, declined: 0, answered: 0, led: 0 });

/** "3 of 12"; with its share once there are enough for one. */
export function shareOf(n: number, of: number): string {
  if (of < ENOUGH) return t("inviting_of", { n, of });
  return t("inviting_share", { n, of, share: new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(n / of) });
}
