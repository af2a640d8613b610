import { test } from "node:test";
import assert from "node:assert/strict";
import type { Author, ConversationEvent, ConversationView, Marks, Matter, Message, Progress } from "../../wire/protocol";
import { applyEvents, GUESS, laterMatter, lines, stateOf, withMessage, withOlder, withoutProgress, withPage, withProgress } from "./thread";

const maria: Author = { kind: "person", id: "p", name: "Maria" };
const ben: Author = { kind: "agent", id: "me", name: "Ben" };
const DAY = Date.UTC(2026, 4, 4, 12);
const marks: Marks = { person_delivered: 0, person_read: 0, agent_delivered: 0, agent_read: 0 };
const matter: Matter = { id: "m", number: 1, step: "greeting", why: "", need: "", question: "", type: "", mood: "", trend: 0, opened_at: 0, progress: [] };

function said(seq: number, author: Author = maria, more: Partial<Message> = {}): Message {
  return { id: "m" + seq, client_id: "c" + seq, conversation_id: "c", kind: "reply", author, text: "t" + seq, at: DAY + seq * 1000, seq, ...more };
}
function view(more: Partial<ConversationView> = {}): ConversationView {
  return { messages: [], events: [], seq: 0, more: false, matter, marks, ...more } as ConversationView;
}
const posted = (m: Message): ConversationEvent => ({ type: "message.posted", seq: m.seq, prev: m.seq - 1, at: m.at, message: m });
const move = (id: string, state: string, why = "because"): Progress => ({ id, matter_id: "m", what: "step", state, by: "system", by_id: "", by_name: "", cause: "", why, at: 0 });

test("events apply once, and those already held change nothing", () => {
  const once = applyEvents(view(), [posted(said(1)), posted(said(2))]);
  const twice = applyEvents(once, [posted(said(1)), posted(said(2))]);
  assert.deepEqual(twice.messages.map((m) => m.seq), [1, 2]);
  assert.equal(twice.seq, 2);
});

test("a message that its answer brought first stands in its place when others arrive", () => {
  const list = withMessage(withMessage([said(1)], said(3)), said(2));
  assert.deepEqual(list.map((m) => m.seq), [1, 2, 3]);
  assert.equal(withMessage(list, said(2)).length, 3);
});

test("an answer gives way to what events have brought since, and a guess to both", () => {
  const guess = withProgress(matter, move(GUESS + "step", "closing"));
  const answer = withProgress(matter, move("01", "closing"));
  assert.deepEqual(laterMatter(guess, answer), answer);
  const since = withProgress(withProgress(guess, move("01", "closing")), move("02", "agreeing"));
  const stands = laterMatter(since, answer);
  assert.deepEqual([stands.step, stands.progress.map((p) => p.id)], ["agreeing", ["01", "02"]]);
  const next = { ...matter, id: "m2", number: 2 };
  assert.equal(laterMatter(next, answer), next);
});

test("a move changes step and reason, and undoing it brings both back", () => {
  const moved = withProgress(matter, move("x", "understanding"));
  assert.equal(moved.step, "understanding");
  assert.equal(moved.why, "because");
  const back = withoutProgress(moved, "x", "greeting", "");
  assert.equal(back.step, "greeting");
  assert.deepEqual(back.progress, []);
});

test("a tick of another matter is not shown on this one", () => {
  assert.equal(withProgress(matter, { ...move("x", "closing"), matter_id: "other" }).step, "greeting");
});

test("an older page goes in front without doubling", () => {
  const now = view({ messages: [said(3), said(4)], more: true });
  const next = withPage(now, { messages: [said(1), said(2), said(3)], events: [], more: false });
  assert.deepEqual(next.messages.map((m) => m.seq), [1, 2, 3, 4]);
  assert.equal(next.more, false);
});

test("a conversation fetched again keeps the older pages, unless something between is missing", () => {
  const held = view({ messages: [said(1), said(2), said(3)], seq: 3, more: false });
  const meets = view({ messages: [said(3), said(4)], seq: 4, more: true });
  assert.deepEqual(withOlder(held, meets).messages.map((m) => m.seq), [1, 2, 3, 4]);
  assert.equal(withOlder(held, meets).more, false);
  const apart = view({ messages: [said(8)], seq: 8, more: true });
  assert.deepEqual(withOlder(held, apart).messages.map((m) => m.seq), [8]);
});

test("lines: a day first, groups by author, and the new line before what was not seen", () => {
  const messages = [said(1), said(2), said(3, ben), said(4)];
  const out = lines({ messages, events: [], pending: [], marks, me: ben, newAfter: 3 });
  assert.deepEqual(out.map((l) => (l.message ? l.message.seq : l.kind)), ["day", 1, 2, 3, "new", 4]);
  const [, first, second] = out;
  assert.deepEqual([first?.first, first?.last, second?.first, second?.last], [true, false, false, true]);
});

test("lines: a note never joins a reply", () => {
  const out = lines({ messages: [said(1, ben), said(2, ben, { kind: "note" })], events: [], pending: [], marks, me: ben, newAfter: Infinity });
  assert.deepEqual(out.filter((l) => l.message).map((l) => l.first), [true, true]);
});

test("lines: what is on its way stands last, and is shown once when the server has it", () => {
  const pending = { client_id: "c9", conversation_id: "c", kind: "reply" as const, text: "on its way", at: DAY + 9000 };
  const before = lines({ messages: [said(1)], events: [], pending: [pending], marks, me: ben, newAfter: Infinity });
  assert.equal(before.at(-1)?.state, "sending");
  const stored = said(2, ben, { client_id: "c9" });
  const after = lines({ messages: [said(1), stored], events: [], pending: [pending], marks, me: ben, newAfter: Infinity });
  assert.equal(after.filter((l) => l.message?.client_id === "c9").length, 1);
  assert.equal(after.at(-1)?.key, before.at(-1)?.key, "the line keeps its place on screen");
});

test("lines: a refused message says so", () => {
  const pending = { client_id: "c9", conversation_id: "c", text: "x", at: DAY, failed: { code: "invalid", message: "no" } };
  assert.equal(lines({ messages: [], events: [], pending: [pending], marks, me: ben, newAfter: Infinity }).at(-1)?.state, "failed");
});

test("sent, delivered, read follow the customer's marks", () => {
  const m = { ...marks, person_delivered: 5, person_read: 3 };
  assert.deepEqual([3, 5, 6].map((seq) => stateOf(said(seq, ben), m)), ["read", "delivered", "sent"]);
});
