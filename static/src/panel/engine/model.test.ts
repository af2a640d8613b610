import assert from "node:assert/strict";
import { test } from "node:test";
import type { Author, ConversationEvent, VisitorPage } from "../../wire";
import { newThread, withEvents, withPage } from "./model";

const ana = { id: "a1", name: "Ana", picture: "" };
const maria: Author = { kind: "person", id: "p1", name: "Maria" };
const ben: Author = { kind: "agent", id: "a2", name: "Ben" };

type Told = ConversationEvent extends infer E ? (E extends unknown ? Omit<E, "seq" | "prev" | "at"> : never) : never;
function after(...told: Told[]) {
  const events = told.map((e, i) => ({ ...e, seq: i + 1, prev: i, at: 0 }) as ConversationEvent);
  const { state, agent, entries } = withEvents(newThread("c1", 0, true), events);
  return { state, agent: agent?.name ?? null, lines: entries.map((e) => (e.kind === "line" ? `${e.what} ${e.by}`.trim() : "")) };
}

const taken: Told = { type: "conversation.taken", agent: ana };
const closed: Told = { type: "conversation.closed", by: { kind: "agent", id: ana.id, name: ana.name } };

test("an agent who lets go leaves the customer waiting for somebody else", () => {
  assert.deepEqual(after(taken, { type: "conversation.released", agent: ana }), { state: "waiting", agent: null, lines: ["joined Ana", "left Ana"] });
});

test("who is handed a conversation knows what it is about, who takes it over may not", () => {
  const byBen: Told = { type: "conversation.taken", agent: { ...ana, name: "Ben" }, from: ana };
  assert.deepEqual(after(taken, { ...byBen, handed: true }).lines, ["joined Ana", "handed Ben"]);
  assert.deepEqual(after(taken, byBen).lines, ["joined Ana", "took_over Ben"]);
});

test("a guest comes and goes, and who has it still does", () => {
  const guest = { id: "a2", name: "Ben", picture: "" };
  const came: Told = { type: "guest.joined", agent: guest, from: ana };
  assert.deepEqual(after(taken, came, { type: "guest.left", agent: guest }), { state: "open", agent: "Ana", lines: ["joined Ana", "joined Ben", "parted Ben"] });
});

test("what the customer writes on waits for whoever is free", () => {
  assert.deepEqual(after(taken, closed, { type: "conversation.reopened", by: maria }), { state: "waiting", agent: null, lines: ["joined Ana", "ended Ana", "reopened"] });
});

test("an agent who opens it again is the one who answers, whoever had it before", () => {
  const { state, agent } = after(taken, closed, { type: "conversation.reopened", by: ben });
  assert.deepEqual([state, agent], ["open", "Ben"]);
});

test("an answer that came while the thread was fetched counts as unread", () => {
  const said = (seq: number, author: Author) => ({ id: `m${seq}`, conversation_id: "c1", client_id: `client-${seq}`, kind: "reply", author, text: "", at: 0, seq });
  const page = { messages: [said(2, maria), said(3, ben), said(4, ben)], events: [], promises: [], more: false, seq: 4, marks: { person_delivered: 0, person_read: 3, agent_delivered: 0, agent_read: 0 } } as unknown as VisitorPage;
  assert.equal(withPage(newThread("c1", 0, false), page).unread, 1);
  assert.equal(withPage({ ...newThread("c1", 0, false), unread: 9 }, page).unread, 1);
  assert.equal(withPage({ ...newThread("c1", 0, false), unread: 9 }, { ...page, more: true }).unread, 9);
});
