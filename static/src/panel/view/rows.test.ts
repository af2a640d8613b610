import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message, Pending } from "../../wire";
import { newThread, withEvents, type Thread } from "../engine/model";
import { rowsOf, type MessageRow } from "./rows";

const noon = new Date(2026, 5, 1, 12).getTime();
const minute = 60_000;

function message(seq: number, kind: "person" | "agent", at: number): Message {
  return { id: `m${seq}`, conversation_id: "c", client_id: `k${seq}`, kind: "reply", author: { kind, id: kind, name: kind === "agent" ? "Ana" : "" }, text: `${seq}`, at, seq };
}
function thread(...messages: Message[]): Thread {
  return withEvents(newThread("c", noon, true), messages.map((m) => ({ type: "message.posted", seq: m.seq, prev: m.seq - 1, at: m.at, message: m })));
}
const pending = (id: string, failed = false): Pending => ({
  client_id: id, conversation_id: "c", text: id, at: noon + 9 * minute, ...(failed && { failed: { code: "invalid", message: "" } }),
});
const said = (rows: ReturnType<typeof rowsOf>) => rows.filter((r): r is MessageRow => r.t === "message");

test("messages of one author close to each other are one group", () => {
  const rows = said(rowsOf(thread(message(1, "agent", noon), message(2, "agent", noon + minute), message(3, "agent", noon + 9 * minute), message(4, "person", noon + 9 * minute)), [], [], null));
  assert.deepEqual(rows.map((r) => [r.first, r.last]), [[true, false], [false, true], [true, true], [true, true]]);
});

test("each day begins with its line", () => {
  const rows = rowsOf(thread(message(1, "agent", noon), message(2, "agent", noon + 24 * 60 * minute)), [], [], null);
  assert.deepEqual(rows.map((r) => r.t), ["day", "message", "day", "message"]);
});

test("the state stands under the last own message, and under each that failed", () => {
  const talk = thread(message(1, "person", noon), message(2, "person", noon), message(3, "agent", noon));
  talk.marks.agent_read = 2;
  assert.deepEqual(said(rowsOf(talk, [], [], null)).map((r) => r.state), [null, "read", null]);
  assert.deepEqual(said(rowsOf(talk, [pending("x", true), pending("y")], [], null)).map((r) => r.state), [null, null, null, "failed", "sending"]);
});

test("a message that is both confirmed and pending is shown once, as confirmed", () => {
  const acked = { ...message(4, "person", noon), client_id: "x" };
  const rows = said(rowsOf(thread(message(1, "person", noon)), [pending("x"), pending("k1")], [acked], null));
  assert.deepEqual(rows.map((r) => [r.key, r.state]), [["k1", null], ["x", "sent"]]);
});

test("the new line stands before the first message of others that was not read", () => {
  const talk = thread(message(1, "agent", noon), message(2, "person", noon), message(3, "agent", noon), message(4, "agent", noon));
  const rows = rowsOf(talk, [], [], 1);
  assert.deepEqual(rows.map((r) => r.key), ["day:" + new Date(noon).toDateString(), "k1", "k2", "new", "k3", "k4"]);
});
