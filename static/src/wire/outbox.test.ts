import assert from "node:assert/strict";
import { test } from "node:test";
import { ACK_WAIT, Outbox, type Pending } from "./outbox";
import { FakeWorld } from "./world.test-helper";

const message = (n: number): Pending => ({ client_id: `m${n}`, conversation_id: "c", text: `${n}`, at: n });

function setUp(kept: Pending[] = []) {
  const world = new FakeWorld();
  const sent: string[] = [];
  let stored: readonly Pending[] = kept;
  let stuck = 0;
  const outbox = new Outbox({
    env: world.env,
    send: (m) => Boolean(sent.push(m.client_id)),
    keep: (list) => (stored = list),
    stuck: () => void stuck++,
  }, kept);
  return { world, outbox, sent, stored: () => stored.map((m) => m.client_id), stuck: () => stuck };
}

test("keeps what is written while down, and sends one after the other when up", () => {
  const { outbox, sent, stored } = setUp();
  outbox.add(message(1));
  outbox.add(message(2));
  assert.deepEqual(sent, []);
  assert.deepEqual(stored(), ["m1", "m2"]);
  outbox.up();
  assert.deepEqual(sent, ["m1"]);
  outbox.confirmed("m1");
  assert.deepEqual(sent, ["m1", "m2"]);
  assert.deepEqual(stored(), ["m2"]);
});

test("sends again after a break, under the same id", () => {
  const { outbox, sent } = setUp([message(1)]);
  outbox.up();
  outbox.down();
  outbox.up();
  assert.deepEqual(sent, ["m1", "m1"]);
});

test("a refusal for good is shown and lets the next one go; retry sends it again", () => {
  const { outbox, sent } = setUp();
  outbox.up();
  outbox.add(message(1));
  outbox.add(message(2));
  outbox.refused("m1", { code: "invalid", message: "no" });
  assert.equal(outbox.list[0]!.failed?.code, "invalid");
  assert.deepEqual(sent, ["m1", "m2"]);
  outbox.confirmed("m2");
  outbox.retry("m1");
  assert.deepEqual(sent, ["m1", "m2", "m1"]);
  assert.equal(outbox.list[0]!.failed, undefined);
});

test("a passing trouble is tried again by itself, in order", () => {
  const { world, outbox, sent } = setUp();
  outbox.up();
  outbox.add(message(1));
  outbox.add(message(2));
  outbox.refused("m1", { code: "rate_limited", message: "" });
  assert.deepEqual(sent, ["m1"]);
  world.advance(31_000);
  assert.equal(sent[1], "m1");
  outbox.confirmed("m1");
  assert.deepEqual(sent.at(-1), "m2");
});

test("a wire that swallows messages is found out", () => {
  const { world, outbox, stuck } = setUp();
  outbox.up();
  outbox.add(message(1));
  world.advance(ACK_WAIT - 1);
  assert.equal(stuck(), 0);
  world.advance(1);
  assert.equal(stuck(), 1);
});

test("a discarded message gives its words back", () => {
  const { outbox, stored } = setUp();
  outbox.add(message(7));
  assert.equal(outbox.discard("m7"), "7");
  assert.deepEqual(stored(), []);
});
