import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeWorld } from "../../wire/world.test-helper";
import { draftMessage, Engine } from "./engine";
import { ana, FakeServer } from "./server.test-helper";

async function pass(world: FakeWorld, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    await world.settle();
    world.advance(Math.min(500, left));
  }
  await world.settle();
}

/** A visitor whose conversation was closed. */
async function closed() {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const engine = new Engine({
    api: server.api, env: world.env, site: "k", locale: "en", socketUrl: "ws://test",
    changed: () => {}, tell: () => {}, keep: () => {}, read: async () => null, askToken: () => {},
  }, { status: "online", agents: [ana] }, null);
  engine.run({ do: "post", message: draftMessage("c1", "Where is my lamp?", world.now) });
  await pass(world, 2000);
  server.happens("conversation.closed");
  await pass(world, 500);
  const thread = () => engine.model.threads[0]!;
  return { world, server, engine, thread };
}

test("what is said of a conversation adds up and is forgotten when it goes on", async () => {
  const { world, server, engine, thread } = await closed();
  assert.deepEqual([thread().state, thread().feedback], ["closed", null]);
  engine.run({ do: "feedback", conversation: "c1", said: { solved: "yes" } });
  await pass(world, 500);
  engine.run({ do: "feedback", conversation: "c1", said: { rating: 4 } });
  await pass(world, 500);
  assert.deepEqual([thread().feedback?.solved, thread().feedback?.rating], ["yes", 4]);
  engine.run({ do: "load", conversation: "c1" });
  await pass(world, 500);
  assert.deepEqual([thread().feedback?.solved, thread().feedback?.rating], ["yes", 4], "a page tells the same");
  server.happens("conversation.reopened");
  await pass(world, 500);
  assert.deepEqual([thread().state, thread().feedback], ["waiting", null]);
});

test("what did not arrive is said, and the next try clears it", async () => {
  const { world, server, engine, thread } = await closed();
  server.reachable = false;
  engine.run({ do: "feedback", conversation: "c1", said: { solved: "yes" } });
  await pass(world, 500);
  assert.deepEqual([engine.model.unheard, thread().feedback], ["c1", null]);
  server.reachable = true;
  engine.run({ do: "feedback", conversation: "c1", said: { solved: "yes" } });
  await pass(world, 500);
  assert.deepEqual([engine.model.unheard, thread().feedback?.solved], ["", "yes"]);
});
