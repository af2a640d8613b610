import assert from "node:assert/strict";
import { test } from "node:test";
import type { Author, ConversationEvent, CustomerPromise, VisitorPage } from "../../wire";
import { emptyModel, current, goesOn, newThread, promisesOf, unread, withEvents, withPage, type Thread } from "./model";

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

const merged: Told = { type: "conversation.merged", by: ben, other: { id: "c2", started_at: 7 } };
const received: Told = { type: "conversation.received", by: ben, other: { id: "c1", started_at: 3 } };
const words = (thread: Thread) => thread.entries.map((e) => (e.kind === "line" ? e.what : e.kind === "said" ? e.message.text : e.kind));
const invoice = { id: "v1", conversation_id: "c1", due_at: 5, state: "open", text: "A new invoice" } as CustomerPromise;

/** The thread after one more event of its own. */
function then(thread: Thread, told: Told): Thread {
  return withEvents(thread, [{ ...told, seq: thread.seq + 1, prev: thread.seq, at: 9 } as ConversationEvent]);
}
function says(text: string, by: Author, id: string): Told {
  return { type: "message.posted", message: { id: text, conversation_id: id, client_id: `k-${text}`, kind: "reply", author: by, text, at: 9, seq: 0 } } as Told;
}

test("what still arrives where it went leads on all the same, over a reload too", () => {
  let goes = [taken, says("Hello", ben, "c1"), closed, merged].reduce(then, newThread("c1", 0, true));
  assert.equal(goesOn(goes), "c2");
  goes = then(goes, { type: "transcript.sent", by: ben, to: "m…@example.org" } as Told);
  assert.deepEqual(words(goes), ["joined", "Hello", "ended", "merged", "copied"]);
  assert.deepEqual([goesOn(goes), goes.state], ["c2", "closed"]);
  const events = [merged, { type: "transcript.sent", by: ben, to: "m…@example.org" }].map((e, i) => ({ ...e, seq: i + 4, prev: i + 3, at: 9 }));
  const page = { messages: [], events, promises: [], more: true, seq: 5, marks: goes.marks } as unknown as VisitorPage;
  assert.equal(goesOn(withPage(newThread("c1", 0, false), page)), "c2");
});

test("what is said and promised where it goes on arrives there, counts there, and stands nowhere twice", () => {
  const goes = [{ type: "promise.made", promise: invoice } as Told, closed, merged].reduce(then, newThread("c1", 0, true));
  const moved = { type: "promise.moved", promise: { ...invoice, conversation_id: "c2", due_at: 6, moved: true } } as Told;
  const stays = [closed, { type: "conversation.reopened", by: ben } as Told, received, says("Here we go on", ben, "c2"), moved, says("Good", maria, "c2")].reduce(then, newThread("c2", 0, true));
  assert.deepEqual(words(stays), ["ended", "reopened", "received", "Here we go on", "promise", "Good"]);
  assert.deepEqual([goesOn(stays), stays.unread, stays.last.text], ["", 1, "Good"]);
  const model = { ...emptyModel({ status: "online", agents: [] }), threads: [goes, stays] };
  assert.equal(current(model)?.id, "c2");
  assert.equal(unread(model), 1);
  assert.deepEqual(promisesOf(model).map((p) => [p.id, p.due_at]), [["v1", 6]]);
  // Told late, of what was moved on: a list from before knows it where it was.
  assert.deepEqual(promisesOf({ ...model, listed: [invoice] }).map((p) => p.due_at), [6]);
});

test("a promise that was erased where it was kept leaves no line and is not counted", () => {
  const thread = [says("Hello", ben, "c1"), { type: "promise.moved" } as Told, says("Good", maria, "c1")].reduce(then, newThread("c1", 0, true));
  assert.deepEqual([words(thread), thread.promises, thread.seq], [["Hello", "Good"], [], 3]);
});

test("where it goes on may itself go on in a third, and each leads to the next", () => {
  const first = then(newThread("c1", 0, true), merged);
  const next = [received, { ...merged, other: { id: "c3", started_at: 8 } } as Told].reduce(then, newThread("c2", 0, true));
  assert.deepEqual([goesOn(first), goesOn(next), goesOn(undefined)], ["c2", "c3", ""]);
});
