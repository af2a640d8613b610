import type { InviteRule } from "../../../wire/protocol";
import { locale, t, type Key } from "../../i18n";

const either = (list: readonly string[]) => new Intl.ListFormat(locale(), { type: "disjunction" }).format(list);

/** What a rule asks for, as one sentence. */
export function sentence(rule: InviteRule): string {
  const { pages = [], on_page = 0, on_site = 0, sources = [], visits = 0, segments = [], loyalty = [], event, when } = rule;
  const groups = (list: readonly string[]) => list.length > 0 && t("says_groups", { groups: either(list.map((g) => t(`says_${g}` as Key))) });
  const written = pages.filter((p) => p.text.trim());
  const clauses = [
    written.length > 0 ? t("says_pages", { pages: either(written.map((p) => t(`says_${p.how}`, { text: p.text.trim() }))) }) : t("says_everyone"),
    on_page > 0 && t("says_on_page", { n: on_page }),
    on_site > 0 && t("says_on_site", { n: on_site }),
    sources.length > 0 && t("says_sources", { sources: either(sources) }),
    visits > 1 && t("says_visits", { n: visits }),
    groups(segments),
    groups(loyalty),
    event && t("says_event", { event }),
    when === "there" && t("says_there"),
    when === "closed" && t("says_closed"),
  ];
  return t("says", { clauses: clauses.filter(Boolean).join(", ") });
}
