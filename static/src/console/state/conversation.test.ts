import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { AgentFrame, ConversationEvent, ConversationView, Me, Row } from "../../wire/protocol";
import { current, currentId, fetchOlder, forgetConversations, hearEvents, hearRows, heldSeqs, lastId, leaveDesk, prefetch, rowOf, showConversation, viewOf } from "./conversation";
import { attach } from "./link";
import { me } from "./session";
import { watching } from "./team";

Object.assign(globalThis, { document: { hidden: false } });
const marks = { person_delivered: 0, person_read: 0, agent_delivered: 0, agent_read: 1 };
const row = (id: string, more: Partial<Row> = {}) => ({ id, site_id: "s", seq: 1, state: "open", ...more }) as Row;
const view = (id: string): ConversationView =>
  ({ row: row(id), seq: 1, marks, messages: [], events: [], cards: [], promises: [], pages: [], draft: null, matter: { progress: [] } }) as never;
let online = true;
globalThis.fetch = async (url) => {
  if (!online) throw new TypeError("no network");
  const [, id = "", more] = /conversations\/(\w+)(\/messages)?/.exec(String(url)) ?? [];
  return new Response(JSON.stringify(more ? { messages: [], events: [], more: false } : { ...view(id), more: true }));
};

const said = (id: string, seq: number): ConversationEvent =>
  ({ type: "message.posted", seq, at: seq, message: { id: `m${seq}`, seq, at: seq, conversation_id: id, client_id: `c${seq}`, kind: "reply", author: { kind: "person", id: "p", name: "" }, text: "Hello?" } }) as never;

let sent: AgentFrame[] = [];
const of = (type: AgentFrame["type"]) => sent.filter((f) => f.type === type);
const settle = () => new Promise((done) => setTimeout(done, 5));

beforeEach(async () => {
  me.value = { agent: { id: "ben" }, sites: [{ id: "s" }], may: ["conversation.answer"] } as unknown as Me;
  attach({ send: (f: AgentFrame) => sent.push(f) > 0 } as never);
  forgetConversations();
  showConversation("");
  await settle();
  sent = [];
});

test("what is on screen is read; what another page covers is not, and no key acts on it", async () => {
  showConversation("a");
  await settle();
  hearEvents("a", [said("a", 2)]);
  assert.deepEqual(of("read"), [{ type: "read", conversation_id: "a", seq: 2 }]);
  leaveDesk();
  assert.deepEqual([currentId.value, lastId()], ["", "a"], "the way back still leads to it");
  hearEvents("a", [said("a", 3)]);
  assert.equal(of("read").length, 1);
  assert.equal(viewOf("a")?.messages.length, 2);
});

test("who goes on to another conversation, or to none, looks at the first no longer", async () => {
  showConversation("a");
  await settle();
  watching.value = { a: { agents: [], person_online: true, answering: null } };
  showConversation("b");
  assert.deepEqual(watching.value, {}, "nobody tells now whether the customer is there");
  showConversation("a");
  await settle();
  assert.deepEqual(of("shut"), [{ type: "shut", conversation_id: "b" }], "who comes back at once has not left");
  leaveDesk();
  await settle();
  assert.equal(of("shut").length, 2);
  assert.deepEqual(heldSeqs(), {});
});

test("only what is looked at is asked for on a new connection", async () => {
  showConversation("a");
  await prefetch(["b", "c"]);
  await settle();
  assert.deepEqual(heldSeqs(), { a: 1 });
  assert.ok(viewOf("c"), "what was fetched in advance shows at once");
});

test("who turns out to be somebody else is fetched with all that is theirs", async () => {
  showConversation("a");
  await settle();
  let asked = 0;
  const { fetch } = globalThis;
  globalThis.fetch = (...args) => (asked++, fetch(...args));
  hearEvents("a", [{ type: "person.updated", seq: 2, prev: 1, at: 2, person: { id: "grace" } } as never]);
  await settle();
  assert.equal(asked, 1);
  globalThis.fetch = fetch;
});

test("a conversation of another site keeps its row up to date in its view", async () => {
  showConversation("a");
  await settle();
  hearRows([row("a", { site_id: "other", seq: 4, state: "closed" }), row("x")]);
  assert.equal(rowOf("a")?.state, "open", "the lists' own row stands first");
  hearRows([row("a", { seq: 3 })]);
  assert.equal(viewOf("a")?.row.seq, 4, "and an older one never replaces a newer");
});

test("older messages that do not come leave a reason, and can be asked for again", async () => {
  showConversation("a");
  await settle();
  online = false;
  await fetchOlder("a");
  assert.match(current.value?.olderError ?? "", /No connection/);
  assert.equal(current.value?.older, false);
  online = true;
  await fetchOlder("a");
  assert.deepEqual([current.value?.olderError, viewOf("a")?.more], ["", false]);
});
