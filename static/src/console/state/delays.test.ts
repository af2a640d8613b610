import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationEvent, CustomerPromise, Delay } from "../../wire/protocol";
import { delayable, names, waitingDelays } from "./delays";

const delay = (id: string, change: Partial<Delay> = {}): Delay => ({ id, source: "site", reference: "4411", what: "", reason: "", until: 0, state: "waiting", at: 1, ended_at: 0, ...change });
const event = (d: Delay, seq: number) => ({ type: d.ended_at ? "delay.settled" : "delay.reported", delay: d, seq, prev: seq - 1, at: seq, by: { kind: "system", id: "", name: "" } }) as ConversationEvent;
const promise = (id: string, text: string, change: Partial<CustomerPromise> = {}) => ({ id, text, whose: "ours", state: "open", due_at: 10, ...change }) as CustomerPromise;

test("what waits is what came with the conversation, as events went on with it", () => {
  const [a, b, c] = [delay("a"), delay("b"), delay("c")];
  const done = { ...a, state: "told" as const, ended_at: 9 };
  const ids = (list: Delay[]) => list.map((d) => d.id).join();
  assert.equal(ids(waitingDelays({ delays: [a, b], events: [event(c, 1)] })), "a,b,c");
  assert.equal(ids(waitingDelays({ delays: [a, b], events: [event(a, 1), event(done, 2)] })), "b");
  // The answer to one's own call may come before its event, or before the report's.
  assert.equal(ids(waitingDelays({ delays: [done], events: [event(a, 1)] })), "");
});

test("a reference is named as a whole", () => {
  for (const text of ["Send order 4411", "4411", "#4411, today", "(4411)", "order 4411.", "order:4411-", "Bestellung 4411 für Müller"]) assert.ok(names("4411", text), text);
  for (const text of ["44110", "14411", "4411-2", "A-4411", "4411.5", "ü4411", "nothing"]) assert.ok(!names("4411", text), text);
  assert.ok(names("P-17/2", "Send order p-17/2.") && !names("P-17", "Send order p-17-2."));
  assert.ok(names("ab.1*", "Send AB.1* now") && !names("ab.1*", "Send abx1* now"));
});

test("a promise that names the order comes before all others", () => {
  const named = promise("n", "Send order 4411", { due_at: 20 });
  const others = [promise("late", "Call", { due_at: 30 }), promise("soon", "Write")];
  const never = [promise("kept", "Order 4411", { state: "kept" }), promise("theirs", "Order 4411", { whose: "theirs" }), promise("follow", "Order 4411", { kind: "follow_up" })];
  const ids = (d: Delay, list: CustomerPromise[]) => {
    const { sure, others: rest } = delayable(d, list);
    return `${sure?.id ?? "-"} ${rest.map((p) => p.id).join()}`;
  };
  assert.equal(ids(delay("a"), [...others, ...never, named]), "n ");
  assert.equal(ids(delay("a"), [...others, ...never]), "- soon,late");
  assert.equal(ids(delay("a"), [...others, named, { ...named, id: "m" }]), "- n,m", "which of two is for the agent to say");
  assert.equal(ids(delay("a", { until: 15 }), [...others, named]), "- soon", "what is due later is not late");
});
