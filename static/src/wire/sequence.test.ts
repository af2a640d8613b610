import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { ConversationEvent } from "./protocol";
import { Sequence } from "./sequence";
import { backoff } from "./backoff";
import { newId } from "./ids";

const event = (seq: number): ConversationEvent => ({ type: "conversation.started", seq, prev: seq - 1, at: seq });

test("any delivery that has every event at least once shows each once, in order", () => {
  const deliveries = fc.integer({ min: 1, max: 40 }).chain((n) => {
    const all = Array.from({ length: n }, (_, i) => i + 1);
    const extra = fc.array(fc.integer({ min: 1, max: n }), { maxLength: 30 });
    return fc.tuple(fc.constant(n), extra.chain((more) => fc.shuffledSubarray([...all, ...more], { minLength: n + more.length })), fc.integer({ min: 1, max: 5 }));
  });
  fc.assert(fc.property(deliveries, ([n, order, size]) => {
    const sequence = new Sequence();
    const shown: number[] = [];
    for (let i = 0; i < order.length; i += size) shown.push(...sequence.accept(order.slice(i, i + size).map(event)).map((e) => e.seq));
    assert.deepEqual(shown, Array.from({ length: n }, (_, i) => i + 1));
    assert.equal(sequence.ask(0), null);
  }));
});

test("a hole is asked about once, and again when nothing came", () => {
  const sequence = new Sequence(3);
  assert.deepEqual(sequence.accept([event(6)]), []);
  assert.equal(sequence.ask(1_000), 3);
  assert.equal(sequence.ask(2_000), null);
  assert.equal(sequence.ask(6_000), 3);
  assert.deepEqual(sequence.accept([event(5), event(4)]).map((e) => e.seq), [4, 5, 6]);
  assert.equal(sequence.ask(7_000), null);
});

test("however many have come too early, the missing ones are let in", () => {
  const sequence = new Sequence();
  sequence.accept(Array.from({ length: 900 }, (_, i) => event(i + 101)));
  const missing = Array.from({ length: 100 }, (_, i) => event(i + 1));
  assert.equal(sequence.accept(missing).length, 600);
  assert.equal(sequence.ask(0), 600, "those that found no room are asked for");
});

test("a head beyond what is held is asked about; one below is not", () => {
  const sequence = new Sequence(5);
  sequence.noteHead(5);
  assert.equal(sequence.ask(0), null);
  sequence.noteHead(7);
  assert.equal(sequence.ask(0), 5);
});

test("a page of history drops what it holds and hands on what came meanwhile", () => {
  const sequence = new Sequence();
  sequence.accept([event(9), event(10), event(12)]);
  assert.deepEqual(sequence.restart(8).map((e) => e.seq), [9, 10]);
  assert.equal(sequence.ask(0), 10);
});

test("backoff stays within 0 and a ceiling that doubles up to 30 s", () => {
  fc.assert(fc.property(fc.nat({ max: 100 }), fc.double({ min: 0, max: 0.999999, noNaN: true }), (attempt, r) => {
    const wait = backoff(attempt, () => r);
    assert.ok(wait >= 0 && wait <= Math.min(30_000, 500 * 2 ** Math.min(attempt, 20)));
  }));
});

test("ids are UUIDv7, unlike each other, and sort by the time they were made", () => {
  const ids = Array.from({ length: 200 }, (_, i) => newId(1_700_000_000_000 + i));
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids.map((id) => id.slice(13))).size, ids.length);
});
