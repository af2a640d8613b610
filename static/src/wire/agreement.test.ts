import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { byDue, isLate, withCard, withPromise } from "./agreement";
import type { Card, CustomerPromise } from "./protocol";

function card(id: string, at: number, more: Partial<Card> = {}): Card {
  return {
    id, conversation_id: "c", matter_id: "m", kind: "proposal", state: "sent", by: { id: "a", name: "Ana", picture: "" }, sent_at: at, text: id,
    options: [], limits: "", our_part: "", our_due: 0, your_part: "", your_due: 0, answer: null, ...more,
  };
}
const answered = (c: Card): Card => ({ ...c, state: "accepted", answer: { choice: "accept", option: "", text: "", at: c.sent_at + 5 } });
function promise(id: string, due: number, more: Partial<CustomerPromise> = {}): CustomerPromise {
  return {
    id, conversation_id: "c", matter_id: "m", whose: "ours", owner: null, text: id, due_at: due, zone: "", words: "", next_at: 0, state: "open",
    moved: false, why: "", made_at: 0, ended_at: 0, ...more,
  };
}
const states = (cards: readonly Card[]) => cards.map((c) => `${c.id} ${c.state}`);

test("a newer card of the same kind and matter takes the place of one that waits", () => {
  const first = card("one", 1);
  assert.deepEqual(states([card("two", 2)].reduce(withCard, [first])), ["one replaced", "two sent"]);
  assert.deepEqual(states(withCard([answered(first)], card("two", 2))), ["one accepted", "two sent"]);
  assert.deepEqual(states(withCard([first], card("two", 2, { kind: "summary" }))), ["one sent", "two sent"]);
  assert.deepEqual(states(withCard([first], card("two", 2, { matter_id: "other" }))), ["one sent", "two sent"]);
  const [own, next] = [card("one", 1, { matter_id: "" }), card("two", 2, { matter_id: "" })];
  assert.deepEqual(states(withCard([own], next)), ["one sent", "two sent"], "where no matter is named, only the server knows");
});

test("in whatever order and however often news come, the cards end the same", () => {
  const news = [card("one", 1), card("two", 2), answered(card("two", 2)), card("three", 3), card("sum", 4, { kind: "summary" })];
  const settled = states(news.reduce<Card[]>((all, c) => withCard(all, c), []));
  fc.assert(fc.property(fc.shuffledSubarray([...news, ...news], { minLength: 10 }), (told) => {
    assert.deepEqual(states(told.reduce<Card[]>((all, c) => withCard(all, c), [])), settled);
  }));
});

test("the next due stands first, what is over stands last, and the latest word counts", () => {
  const list = [promise("late", 50), promise("soon", 10), promise("done", 5, { state: "kept", ended_at: 7 })].reduce<CustomerPromise[]>(withPromise, []);
  assert.deepEqual(list.map((p) => p.id), ["soon", "late", "done"]);
  assert.deepEqual(withPromise(list, promise("soon", 90, { moved: true })).map((p) => p.id), ["late", "soon", "done"]);
  assert.equal(byDue(promise("a", 1), promise("b", 2)) < 0, true);
});

test("late is what is open past its time, and nothing else", () => {
  assert.deepEqual([isLate(promise("a", 5), 5), isLate(promise("a", 5), 6), isLate(promise("a", 5, { state: "kept" }), 6)], [false, true, false]);
  const meeting = promise("a", 5, { minutes: 1 });
  assert.deepEqual([isLate(meeting, 60_005), isLate(meeting, 60_006)], [false, true], "an appointment is late when it is over");
});
