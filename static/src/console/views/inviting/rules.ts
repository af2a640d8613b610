/** Rules as the screens hold them, and the two that one can begin with. */
import { newId, type Inviting, type InviteRule } from "../../../wire";
import { t } from "../../i18n";

/** Most rules of a site, and most pages and sources of one. */
export const MOST = 20;
export const MOST_PARTS = 8;
/** Most code points of what a card says. */
export const MOST_WORDS = 280;

/** How often somebody is invited where the site has not said. */
export const LIMIT = { times: 1, days: 7 };

export const rulesOf = (inviting: Inviting | undefined): readonly InviteRule[] => inviting?.rules ?? [];

/** What is stored: the limit of a site without rules is nobody's. */
export const withRules = (inviting: Inviting | undefined, rules: readonly InviteRule[]): Inviting => ({ ...LIMIT, ...inviting, rules: [...rules] });

/** A rule in the making; off, until its owner wants it. */
export const blank = (): InviteRule => ({ id: newId(), name: "", on: false, on_page: 20, text: "" });

export const examples = (): InviteRule[] => [
  { ...blank(), name: t("inviting_example_prices"), pages: [{ how: "contains", text: t("inviting_example_prices_page") }], on_page: 30, when: "there", text: t("inviting_example_prices_text") },
  { ...blank(), name: t("inviting_example_back"), visits: 2, on_page: 15, when: "there", from: "agent", text: t("inviting_example_back_text") },
];

/** What is sent: nothing of what asks for nothing. */
export function plain(rule: InviteRule): InviteRule {
  const kept = Object.entries(rule).filter(([, value]) => value !== "" && value !== 0 && !(Array.isArray(value) && value.length === 0));
  return { ...(Object.fromEntries(kept) as Partial<InviteRule>), id: rule.id, name: rule.name, on: rule.on, text: rule.text };
}
