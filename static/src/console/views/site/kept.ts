import type { RetentionPreview } from "../../../wire/protocol";
import { t } from "../../i18n";

/** A day after it was said the first conversations go, ms. */
const GRACE = 86_400_000;

export const firstGo = (setAt: number): number => setAt + GRACE;

/** "For 6 months", "For 2 years", "For ever". */
export function keptFor(months: number): string {
  if (months === 0) return t("retention_0");
  return months % 12 === 0 ? t("retention_years", { n: months / 12 }) : t("retention_months", { n: months });
}

/** About how many are too old. */
export function wouldGo({ conversations: n, more }: RetentionPreview): string {
  if (more) return t("retention_more", { n });
  return n === 0 ? t("retention_none") : t("retention_some", { n });
}

/** What is asked before it is saved: how many go at the first run. */
export function sureWords({ conversations: n, more }: RetentionPreview): string {
  if (more) return t("retention_sure_more", { n });
  return n === 0 ? t("retention_sure_none") : t("retention_sure_some", { n });
}
