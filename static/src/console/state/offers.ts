/** What routing holds out to this agent, or has just given them. */
import { signal } from "@preact/signals";
import type { Offer } from "../../wire/protocol";
import { atLeaving } from "./leaving";

export const offers = signal<readonly Offer[]>([]);

atLeaving(() => {
  offers.value = [];
});

/** A newer word about a conversation takes the place of the one before; null ends it. */
export function hearOffer(id: string, offer: Offer | null): void {
  const rest = offers.value.filter((o) => o.conversation_id !== id);
  // One that is theirs already stays until it is opened or waved away: taking an offer ends it too.
  const given = offers.value.find((o) => o.conversation_id === id && o.until === 0);
  offers.value = offer ? [...rest, offer] : given ? [...rest, given] : rest;
}

export function forgetOffer(id: string): void {
  offers.value = offers.value.filter((o) => o.conversation_id !== id);
}

/** The one that keys act on: what runs out first, then what was given. */
export function nextOffer(): Offer | undefined {
  return [...offers.value].sort((a, b) => (a.until || Infinity) - (b.until || Infinity))[0];
}
