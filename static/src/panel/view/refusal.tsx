import type { Failure } from "../../wire";
import { t, type Key } from "../words";

/** What may be refused of a message or an answer for good; other codes get one plain sentence. */
const WHY: Record<string, Key> = {
  invalid: "refused.invalid", too_large: "refused.too_large", conflict: "refused.conflict", already_closed: "refused.already_closed", not_found: "refused.not_found",
  forbidden: "refused.forbidden", identity_needed: "composer.signed_only",
};

/** Why the server refused what was written, in the panel's language. */
export function Refusal({ failure }: { failure: Failure }) {
  return <span class="why">{t(WHY[failure.code] ?? "refused.other")}</span>;
}
