import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentFrame, Row } from "../../wire/protocol";
import { changedRows, deliveredFrames, tellDelivered } from "./delivered";
import { attach, link } from "./link";
import { rows } from "./lists";

const row = (id: string, seq: number, by: "person" | "agent" = "person", unread = 1) => ({ id, seq, unread, last: { by } }) as unknown as Row;
const held = (...list: Row[]) => new Map(list.map((r) => [r.id, r]));

test("only rows that came or changed are looked at", () => {
  const [a, b] = [row("a", 1), row("b", 1)];
  assert.deepEqual(changedRows(held(a, b), held(a, row("b", 2), row("c", 1))).map((r) => r.id), ["b", "c"]);
});

test("what reached the screen is one frame, a hundred conversations each, and never twice", () => {
  assert.deepEqual(deliveredFrames([row("a", 3), row("b", 5, "agent", 0), row("c", 4, "person", 0)], new Map()), [{ type: "delivered", seqs: { a: 3 } }]);
  assert.deepEqual(deliveredFrames([row("a", 3)], new Map([["a", 3]])), []);
  assert.deepEqual(deliveredFrames([row("a", 4)], new Map([["a", 3]]))[0]?.seqs, { a: 4 });
  const many = Array.from({ length: 250 }, (_, i) => row(`r${i}`, 1));
  assert.deepEqual(deliveredFrames(many, new Map()).map((f) => Object.keys(f.seqs).length), [100, 100, 50]);
});

test("coming back tells only what is new, and the last frame again, which may be lost", () => {
  const sent: AgentFrame[] = [];
  attach({ send: (f: AgentFrame) => sent.push(f) > 0 } as never);
  const reconnect = () => {
    sent.length = 0;
    link.value = "short";
    link.value = "live";
  };
  const stop = tellDelivered();
  rows.value = held(...Array.from({ length: 400 }, (_, i) => row(`r${i}`, 1)));
  reconnect();
  assert.equal(sent.length, 4);
  rows.value = new Map(rows.value).set("r7", row("r7", 2));
  assert.deepEqual(sent.slice(4), [{ type: "delivered", seqs: { r7: 2 } }]);
  reconnect();
  assert.deepEqual(sent, [{ type: "delivered", seqs: { r7: 2 } }]);
  reconnect();
  stop();
  attach(null);
});
