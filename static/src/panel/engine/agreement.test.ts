import assert from "node:assert/strict";
import { test } from "node:test";
import type { CardChoice, CustomerPromise } from "../../wire";
import { FakeWorld } from "../../wire/world.test-helper";
import { rowsOf } from "../view/rows";
import { draftMessage, Engine } from "./engine";
import { current, promisesOf, unread } from "./model";
import type { Kept } from "./session";
import { ana, FakeServer } from "./server.test-helper";

async function pass(world: FakeWorld, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    await world.settle();
    world.advance(Math.min(500, left));
  }
  await world.settle();
}

function panel(world: FakeWorld, server: FakeServer, kept: Kept | null = null) {
  const stored = { kept };
  const told: string[] = [];
  const engine = new Engine({
    api: server.api, env: world.env, site: "k", locale: "en", socketUrl: "ws://test",
    changed: () => {}, tell: (name) => void told.push(name),
    keep: (next) => void (stored.kept = JSON.parse(JSON.stringify(next)) as Kept | null),
    read: async () => stored.kept, askToken: () => {},
  }, { status: "online", agents: [ana] }, kept);
  const answer = (card: string, choice: CardChoice, text = "", option = "") => {
    const message = draftMessage(server.conversation, text, world.now);
    engine.run({ do: "post", message: { ...message, answer: { card_id: card, choice, option } } });
    return message.client_id;
  };
  const rows = () => rowsOf(current(engine.model), engine.model.pending, engine.model.acked, null);
  const card = () => rows().find((r) => r.t === "card")!;
  return { engine, answer, rows, card, stored, told };
}

/** A visitor who has written and been sent a card. */
async function asked() {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const me = panel(world, server);
  me.engine.run({ do: "post", message: draftMessage("c1", "A green lamp?", world.now) });
  await pass(world, 1_000);
  const card = server.card();
  await pass(world, 500);
  return { world, server, me, card };
}

test("a card stands in the thread, counts as news and is told to the page", async () => {
  const { me } = await asked();
  assert.deepEqual(me.rows().filter((r) => r.t !== "day").map((r) => r.t), ["message", "card"]);
  assert.equal(unread(me.engine.model), 1);
  assert.ok(me.told.includes("message"));
});

test("an answer given offline waits, outlives a reload and arrives once", async () => {
  const { world, server, me, card } = await asked();
  server.reachable = false;
  server.cut();
  const id = me.answer(card.id, "correct", "the blue one");
  assert.equal(me.card().pending?.client_id, id);
  assert.deepEqual(me.rows().filter((r) => r.t === "message").map((r) => r.text), ["A green lamp?"], "it is no message of its own");
  me.engine.stop();
  const later = panel(world, server, me.stored.kept);
  server.reachable = true;
  await pass(world, 35_000);
  assert.deepEqual(server.answers.map((a) => [a.choice, a.text]), [["correct", "the blue one"]]);
  assert.deepEqual([later.card().card.state, later.card().card.answer?.text, later.card().pending], ["corrected", "the blue one", null]);
});

test("an acknowledgement that is lost makes it be sent again, and it counts once", async () => {
  const { world, server, me, card } = await asked();
  server.fate = () => "is lost";
  me.answer(card.id, "confirm");
  await pass(world, 1_000);
  server.fate = () => "arrives";
  await pass(world, 40_000);
  assert.equal(server.log.filter((e) => e.type === "card.answered").length, 1);
  assert.deepEqual([me.card().card.state, me.engine.model.pending.length], ["confirmed", 0]);
});

test("between acknowledgement and event the card never asks again", async () => {
  const { world, server, me, card } = await asked();
  const socket = world.socket!;
  server.fate = () => "is lost";
  const ref = me.answer(card.id, "confirm");
  socket.onmessage!(JSON.stringify({ type: "ack", ref, conversation_id: "c1" }));
  await world.settle();
  assert.deepEqual([me.card().card.state, me.engine.model.pending.length], ["confirmed", 0]);
});

test("two presses, in one tab or two, are one answer", async () => {
  const { world, server, me, card } = await asked();
  me.answer(card.id, "confirm");
  me.answer(card.id, "correct", "or not");
  await pass(world, 2_000);
  assert.deepEqual(server.answers.map((a) => a.choice), ["confirm"]);
  assert.equal(me.card().card.state, "confirmed");
});

test("what somebody else answered first stands, and nothing goes on waiting", async () => {
  const { world, server, me, card } = await asked();
  server.reachable = false;
  server.cut();
  me.answer(card.id, "confirm");
  server.log.push({ type: "card.withdrawn", card: { ...card, state: "withdrawn" }, seq: server.log.length + 1, prev: server.log.length, at: world.now });
  server.reachable = true;
  await pass(world, 40_000);
  assert.deepEqual([me.card().card.state, me.engine.model.pending.length], ["withdrawn", 0]);
});

test("promises follow their events, and the list of all is asked for when it is opened", async () => {
  const { world, server, me } = await asked();
  const made: CustomerPromise = {
    id: "p1", conversation_id: "c1", matter_id: "m1", whose: "ours", owner: ana, text: "send a new lamp", due_at: world.now + 60_000, zone: "", words: "",
    next_at: 0, state: "open", moved: false, why: "", made_at: world.now, ended_at: 0,
  };
  server.promise("promise.made", made);
  server.promise("promise.moved", { ...made, due_at: made.due_at + 60_000, moved: true, why: "the van is late" });
  await pass(world, 500);
  assert.deepEqual(me.rows().flatMap((r) => (r.t === "promise" ? [r.promised.what] : [])), ["made", "moved"]);
  assert.deepEqual(promisesOf(me.engine.model).map((p) => [p.state, p.why]), [["open", "the van is late"]]);
  server.reachable = false;
  me.engine.run({ do: "promises" });
  await pass(world, 500);
  assert.deepEqual([me.engine.model.promisesMissing, promisesOf(me.engine.model).length], [true, 1], "a list that does not come takes nothing away");
  server.reachable = true;
  me.engine.run({ do: "promises" });
  server.promise("promise.kept", { ...made, state: "kept", ended_at: world.now });
  await pass(world, 500);
  assert.deepEqual([me.engine.model.promisesMissing, promisesOf(me.engine.model)[0]?.state], [false, "kept"]);
  const rung = { ...made, id: "rung", conversation_id: "a call", text: "Ring back" };
  const threads = me.engine.model.threads;
  assert.deepEqual(promisesOf({ ...me.engine.model, listed: [made, rung] }).map((p) => p.text), ["Ring back", threads[0]!.promises[0]!.text], "what was promised on the phone is in no thread");
});
