/** Pure rules of closing: what is still open, which words fit, and when the later word comes. */
import type { ClosingView, ClosingWords, ConversationView, Template } from "../../wire/protocol";
import { byFit, fitness, known } from "./fit";
import { openPromises } from "./promises";

type Seen = Pick<ConversationView, "matter" | "person"> & Partial<Pick<ConversationView, "complaint">>;

/** The templates that thank, and those that invite back without thanking: what fits this customer, best first. */
export function farewells(words: readonly ClosingWords[], templates: readonly Template[], view: Seen): { thanks: Template[]; invitations: Template[] } {
  const k = { ...known(view), step: "closing" as const };
  const fits = templates.filter((x) => fitness(x.fit, k) >= 0).sort(byFit(k));
  const those = (which: (w: ClosingWords) => boolean) => {
    const ids = new Set(words.filter(which).map((w) => w.template_id));
    return fits.filter((x) => ids.has(x.id));
  };
  return { thanks: those((w) => w.thanks), invitations: those((w) => w.invites && !w.thanks) };
}

/** What should not be forgotten: promises of both sides, cards without an answer, matters that were left. */
export function stillOpen(view: Pick<ConversationView, "promises" | "cards">, matters: ClosingView["matters"] = []) {
  return { promises: openPromises(view.promises), cards: view.cards.filter((c) => c.state === "sent"), matters };
}

/** At ten in the morning, so many working days from now: late enough to know, early enough to matter. */
export function inWorkingDays(days: number, from: number): number {
  const at = new Date(from);
  for (let left = days; left > 0; ) {
    at.setDate(at.getDate() + 1);
    if (at.getDay() % 6) left--;
  }
  return at.setHours(10, 0, 0, 0);
}
