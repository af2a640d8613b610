import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationView } from "../../../wire/protocol";
import { declinedAt } from "./declined";

const card = (state: string, at: number, matter_id = "m") => ({ matter_id, kind: "proposal", state, answer: at ? { at } : null });
const view = (cards: object[], declined_at?: number) => ({ cards, matter: { id: "m", ...(declined_at ? { declined_at } : {}) } }) as unknown as ConversationView;

test("an offer is declined with a card or in words, whichever came last", () => {
  assert.equal(declinedAt(view([])), 0);
  assert.equal(declinedAt(view([card("declined", 5)])), 5);
  assert.equal(declinedAt(view([], 7)), 7);
  assert.equal(declinedAt(view([card("declined", 5)], 7)), 7);
});

test("a newer proposal and one of another matter say nothing of it", () => {
  assert.equal(declinedAt(view([card("declined", 5), card("sent", 0)])), 0);
  assert.equal(declinedAt(view([card("declined", 5, "other")])), 0);
});
