/** Why a token is refused, so that whoever signs can put it right. */
import type { IdentityVerdict } from "../../../wire/protocol";
import { t } from "../../i18n";

/** Times that lie further ahead than this, in seconds, were not counted in seconds. */
const DECADE = 10 * 365 * 86_400;

/** The sentence for a refusal; key is the site's public one, kid the id of its present secret. */
export function whyWords({ why, said = "", seconds = 0 }: IdentityVerdict, key: string, kid: string): string {
  const span = spanWords(seconds);
  switch (why) {
    case "algorithm":
      return said ? t("why_algorithm", { said }) : t("why_algorithm_none");
    case "kid_unknown":
      return said ? t("why_kid_unknown", { said, kid }) : t("why_kid_unreadable", { kid });
    case "signature":
      return said ? t("why_signature_other", { said }) : t("why_signature");
    case "ahead":
    case "not_yet":
    case "lasting":
      return seconds > DECADE ? t("why_milliseconds") : t(`why_${why}`, { span });
    case "audience":
      return t("why_audience", { said, key });
    case "missing":
      return t("why_missing", { said });
    case "expired":
      return t("why_expired", { span });
    default:
      return t(`why_${why ?? "malformed"}`);
  }
}

/** "3 minutes", in the largest unit that fits. */
export function spanWords(seconds: number): string {
  if (seconds < 60) return t("span_seconds", { n: seconds });
  if (seconds < 3_600) return t("span_minutes", { n: Math.round(seconds / 60) });
  if (seconds < 2 * 86_400) return t("span_hours", { n: Math.round(seconds / 3_600) });
  return t("span_days", { n: Math.round(seconds / 86_400) });
}
