/** Rules of cards and promises that both sides read alike; they ask only for what they need. */
import type { Card, CardChoice, CardState, CustomerPromise } from "./protocol";

/** What an answer makes of a card. */
export const ANSWERED: Record<CardChoice, CardState> = {
  confirm: "confirmed", correct: "corrected", accept: "accepted", ask: "asked", decline: "declined",
};

/**
 * The cards with this one as it now stands, oldest first. News may come late or twice: what has
 * ended never waits again, and one that waits gives way to a newer one of its kind and matter.
 * A visitor's cards name no matter: there the server says what was replaced.
 */
export function withCard(cards: readonly Card[], card: Card): Card[] {
  const known = cards.find((c) => c.id === card.id);
  if (known && known.state !== "sent" && card.state === "sent") return [...cards];
  const all = [...cards.filter((c) => c !== known), card].sort((a, b) => a.sent_at - b.sent_at || (a.id < b.id ? -1 : 1));
  const newest = (c: Card) => all.findLast((o) => o.kind === c.kind && o.matter_id === c.matter_id);
  return all.map((c) => (c.state === "sent" && c.matter_id && newest(c) !== c ? { ...c, state: "replaced" } : c));
}

/** The promises with this one as the latest news tells it: open ones first, the next due on top. */
export function withPromise(promises: readonly CustomerPromise[], promise: CustomerPromise): CustomerPromise[] {
  return [...promises.filter((p) => p.id !== promise.id), promise].sort(byDue);
}

export function byDue(a: CustomerPromise, b: CustomerPromise): number {
  const closed = (p: CustomerPromise) => Number(p.state !== "open");
  return closed(a) - closed(b) || (a.state === "open" ? a.due_at - b.due_at : b.ended_at - a.ended_at);
}

export const isLate = (p: CustomerPromise, now: number) => p.state === "open" && p.due_at + (p.minutes ?? 0) * 60_000 < now;
