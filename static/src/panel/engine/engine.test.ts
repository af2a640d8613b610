import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { FakeWorld } from "../../wire/world.test-helper";
import { rowsOf } from "../view/rows";
import { draftMessage, Engine } from "./engine";
import { current, unread, type Model } from "./model";
import type { Kept } from "./session";
import { ana, FakeServer, type Fate } from "./server.test-helper";

function visitor(world: FakeWorld, server: FakeServer, kept: Kept | null = null) {
  const stored: { kept: Kept | null; writes: number } = { kept, writes: 0 };
  const told: string[] = [];
  /** Each state as other tabs learn of it, and the secret that goes with it. */
  const mirrored: { model: Model; secret: string | undefined }[] = [];
  /** What the page does when it is asked for a signed identity. */
  const page = { askToken: () => {} };
  const engine = new Engine({
    api: server.api, env: world.env, site: "k", locale: "en", socketUrl: "ws://test",
    changed: (model) => void mirrored.push({ model, secret: stored.kept?.secret }),
    tell: (name) => void told.push(name),
    keep: (next) => {
      stored.kept = JSON.parse(JSON.stringify(next)) as Kept | null;
      stored.writes++;
    },
    read: async () => stored.kept,
    askToken: () => page.askToken(),
  }, { status: "online", agents: [ana] }, kept);
  const post = (text: string) => {
    const message = draftMessage(current(engine.model)?.id ?? `c-${text}`, text, world.now);
    engine.run({ do: "post", message });
    return message.client_id;
  };
  const shown = () => {
    const thread = current(engine.model);
    return rowsOf(thread, engine.model.pending, engine.model.acked, null).filter((r) => r.t === "message");
  };
  return { engine, post, shown, stored, told, page, mirrored };
}

async function pass(world: FakeWorld, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    await world.settle();
    world.advance(Math.min(500, left));
  }
  await world.settle();
}

test("while a session or another identity is on its way, who it will be is not settled", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, mirrored } = visitor(world, server, { secret: "s0", out: [] });
  assert.equal(engine.model.arriving, true);
  await pass(world, 1_000);
  assert.equal(engine.model.arriving, false);
  server.delay = 2_000;
  engine.run({ do: "identify", token: "maria", attributes: {} });
  await world.settle();
  assert.deepEqual([engine.model.arriving, engine.model.person?.verified], [true, false]);
  await pass(world, 3_000);
  assert.ok(mirrored.some(({ model }) => model.person?.verified && !model.arriving));
  assert.equal(engine.model.arriving, false);
  server.reachable = false;
  engine.run({ do: "identify", token: "tom", attributes: {} });
  await pass(world, 1_000);
  assert.equal(engine.model.arriving, false, "nobody comes without a connection");
});

test("a screen is handed a token, another where the last was refused, and none without a connection", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, post } = visitor(world, server);
  post("hello");
  await pass(world, 1_000);
  const ask = async (fresh: boolean) => {
    engine.run({ do: "pass", fresh });
    await world.settle();
    return engine.model.pass?.token;
  };
  const first = await ask(false);
  assert.ok(first);
  assert.equal(await ask(false), first);
  const second = await ask(true);
  assert.notEqual(second, first);
  server.reachable = false;
  assert.equal(await ask(true), second);
});

test("nothing is asked, kept or connected before the first message", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, stored } = visitor(world, server);
  engine.run({ do: "page", page: { url: "https://shop/", title: "" } });
  engine.run({ do: "attributes", attributes: { plan: "pro" } });
  engine.run({ do: "quiet", on: true });
  engine.run({ do: "draft", text: "half a" });
  await pass(world, 60_000);
  assert.equal(world.socket, null);
  assert.equal(server.sessions.length, 0);
  assert.equal(stored.writes, 0);
});

test("the first message opens a session, is stored, and its secret is kept", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { post, shown, stored, told } = visitor(world, server);
  const id = post("hello");
  assert.deepEqual(stored.kept?.out.map((m) => m.client_id), [id], "kept before anything else");
  assert.equal(shown()[0]!.state, "sending");
  await pass(world, 1_000);
  assert.deepEqual(server.messages().map((m) => m.text), ["hello"]);
  assert.equal(shown()[0]!.state, "sent");
  assert.deepEqual(stored.kept, { secret: "s1", out: [] });
  assert.ok(told.includes("conversation:start") && told.includes("message:sent"));
});

test("what was unsent at a reload is shown and sent by the next page", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const first = visitor(world, server);
  first.post("one");
  await pass(world, 1_000);
  server.reachable = false;
  server.cut();
  first.post("two");
  first.post("three");
  first.engine.stop();
  const second = visitor(world, server, first.stored.kept);
  assert.equal(second.engine.model.pending.length, 2);
  server.reachable = true;
  await pass(world, 35_000);
  assert.deepEqual(second.shown().map((r) => r.text), ["one", "two", "three"]);
  assert.deepEqual(server.messages().map((m) => m.text), ["one", "two", "three"]);
});

test("a conversation that was already open takes the message in", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const first = visitor(world, server);
  first.post("from the first tab");
  await pass(world, 1_000);
  first.engine.stop();
  const second = visitor(world, server);
  second.post("from elsewhere");
  await pass(world, 2_000);
  assert.equal(second.engine.model.threads.length, 1);
  assert.deepEqual(second.shown().map((r) => r.text), ["from the first tab", "from elsewhere"]);
});

test("another epoch makes the thread be fetched anew", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { post, shown } = visitor(world, server);
  for (const text of ["a", "b", "c"]) post(text);
  await pass(world, 1_000);
  // A restore from a backup: one message less, another epoch.
  server.log.pop();
  server.epoch = "e2";
  server.cut();
  await pass(world, 5_000);
  assert.deepEqual(shown().map((r) => r.text), ["a", "b"]);
  server.agentSays("still here");
  await pass(world, 1_000);
  assert.deepEqual(shown().map((r) => r.text), ["a", "b", "still here"]);
});

test("another customer gets nothing of what the one before wrote", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, post, stored } = visitor(world, server);
  engine.run({ do: "identify", token: "maria", attributes: {} });
  await pass(world, 1_000);
  assert.equal(engine.model.person?.id, "p1", "the socket's hello has the last word");
  server.reachable = false;
  server.cut();
  post("a secret of Maria's");
  engine.run({ do: "reset" });
  assert.equal(stored.kept, null);
  assert.equal(engine.model.pending.length, 0);
  assert.equal(engine.model.threads.length, 0);
  server.reachable = true;
  await pass(world, 60_000);
  assert.equal(server.messages().length, 0);
});

test("a signed identity that is refused is not tried again", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  server.refuses = () => true;
  const { engine, page, told } = visitor(world, server);
  page.askToken = () => engine.run({ do: "identify", token: "forged", attributes: {} });
  page.askToken();
  await pass(world, 120_000);
  assert.deepEqual(server.sessions, ["", ""], "once with it, once as a stranger");
  assert.equal(told.filter((name) => name === "error").length, 1);
});

test("a page that makes only identities to be refused is asked less and less often", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  server.refuses = () => true;
  const { engine, page } = visitor(world, server);
  const asked: number[] = [];
  page.askToken = () => {
    asked.push(world.now);
    engine.run({ do: "identify", token: `forged ${asked.length}`, attributes: {} });
  };
  engine.run({ do: "identify", token: "forged", attributes: {} });
  const began = world.now;
  await pass(world, 300_000);
  const early = asked.filter((at) => at - began < 60_000).length;
  assert.ok(early >= 3 && early <= 10, `${early} in the first minute`);
  assert.ok(asked.length <= 30, `${asked.length} in five minutes`);
  engine.stop();
  const before = asked.length;
  await pass(world, 60_000);
  assert.equal(asked.length, before, "who has stopped asks for nothing");
});

test("an identity that has run out is asked for at once, and the new one counts", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  server.refuses = (identity) => identity === "old";
  const { engine, page } = visitor(world, server);
  page.askToken = () => engine.run({ do: "identify", token: "new", attributes: {} });
  engine.run({ do: "identify", token: "old", attributes: {} });
  await pass(world, 5_000);
  assert.ok(server.sessions.length <= 3, `${server.sessions.length} calls`);
  assert.equal(engine.model.link.state, "live");
});

for (const [when, slept, delay] of [["while the token holds", 0, 0], ["after the token has run out", 16 * 60_000, 0], ["while a session is being opened", 0, 5_000]] as const) {
  test(`a reset ${when} ends the session of this device and makes no other`, async () => {
    const world = new FakeWorld();
    const server = new FakeServer(world);
    const { engine, post, stored } = visitor(world, server);
    post("hello");
    await pass(world, 1_000);
    world.now += slept;
    const calls = server.sessions.length;
    server.delay = delay;
    if (delay) {
      engine.run({ do: "identify", token: "maria", attributes: {} });
      await pass(world, 1_000);
    }
    engine.run({ do: "reset" });
    await pass(world, 30_000);
    assert.deepEqual(server.forgotten, ["device 1"]);
    assert.deepEqual(server.sessions.slice(calls).filter((secret) => !secret), [], "nobody new");
    assert.equal(engine.model.person, null);
    assert.equal(stored.kept, null);
  });
}

test("a reset out of reach is a reset all the same", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, post, stored } = visitor(world, server);
  post("hello");
  await pass(world, 16 * 60_000);
  server.reachable = false;
  server.cut();
  engine.run({ do: "reset" });
  await pass(world, 60_000);
  server.reachable = true;
  await pass(world, 60_000);
  assert.equal(stored.kept, null);
  assert.equal(engine.model.person, null);
});

test("no state that other tabs hear of after a reset holds the secret from before", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, post, mirrored } = visitor(world, server);
  post("hello");
  await pass(world, 1_000);
  server.cut();
  post("unsent");
  mirrored.length = 0;
  engine.run({ do: "reset" });
  await pass(world, 60_000);
  assert.ok(mirrored.length > 0);
  assert.deepEqual(mirrored.filter((m) => m.secret), []);
  assert.deepEqual(mirrored.at(-1)!.model.threads, []);
});

test("however many events a page tells, ten are known, over reloads too", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const first = visitor(world, server);
  const track = (tab: typeof first, n: number) => tab.engine.run({ do: "attributes", attributes: { [`event:e${n}`]: "now" } });
  for (let n = 0; n < 300; n++) track(first, n);
  first.post("hello");
  await pass(world, 1_000);
  const known = new Map(Object.entries(server.told[0] ?? {}));
  assert.deepEqual([...known.keys()], Array.from({ length: 10 }, (_, i) => `e${290 + i}`));
  first.engine.stop();
  const second = visitor(world, server, first.stored.kept);
  for (let n = 300; n < 325; n++) track(second, n);
  await pass(world, 1_000);
  for (const [key, value] of server.told.slice(1).flatMap((told) => Object.entries(told))) {
    if (value) known.set(key, value);
    else known.delete(key);
  }
  assert.deepEqual([...known.keys()], Array.from({ length: 10 }, (_, i) => `e${315 + i}`));
});

test("what was read stays read over a resume, and what came meanwhile is unread once", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, post } = visitor(world, server);
  post("hello");
  await pass(world, 1_000);
  server.agentSays("one");
  await pass(world, 500);
  assert.equal(unread(engine.model), 1);
  engine.run({ do: "read", conversation: server.conversation, seq: current(engine.model)!.seq });
  await pass(world, 500);
  assert.equal(unread(engine.model), 0);
  server.reachable = false;
  server.cut();
  server.agentSays("two");
  server.agentSays("three");
  server.reachable = true;
  await pass(world, 35_000);
  assert.equal(unread(engine.model), 2);
  server.beat();
  server.cut();
  await pass(world, 35_000);
  assert.equal(unread(engine.model), 2, "another resume counts nothing twice");
});

test("what comes while something is being read stays unread", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, post } = visitor(world, server);
  post("hello");
  await pass(world, 1_000);
  server.agentSays("one");
  await pass(world, 500);
  const { seq } = current(engine.model)!;
  server.agentSays("two");
  await pass(world, 500);
  engine.run({ do: "read", conversation: server.conversation, seq });
  await pass(world, 500);
  assert.equal(unread(engine.model), 1);
});

test("earlier messages that could not be fetched are asked for again, and those held stay", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, post, shown } = visitor(world, server);
  post("m0");
  await pass(world, 1_000);
  for (let n = 1; n < 18; n++) server.agentSays(`m${n}`);
  server.epoch = "e2";
  server.cut();
  await pass(world, 5_000);
  const thread = () => current(engine.model)!;
  const older = async () => {
    engine.run({ do: thread().trouble || "older", conversation: thread().id });
    await pass(world, 500);
  };
  await older();
  assert.equal(shown().length, 10);
  server.reachable = false;
  await older();
  assert.deepEqual([thread().trouble, shown().length], ["older", 10]);
  server.reachable = true;
  await older();
  assert.deepEqual([thread().trouble, shown().map((r) => r.text).at(0), shown().length], ["", "m3", 15]);
});

test("an end that did not reach the server is said, until it has", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, post } = visitor(world, server);
  post("hello");
  await pass(world, 1_000);
  const id = server.conversation;
  server.reachable = false;
  engine.run({ do: "end", conversation: id });
  await pass(world, 500);
  assert.deepEqual([engine.model.unended, engine.model.threads[0]!.state], [id, "waiting"]);
  server.reachable = true;
  await pass(world, 35_000);
  assert.equal(engine.model.unended, id, "a connection does not end it");
  engine.run({ do: "end", conversation: id });
  await pass(world, 500);
  assert.deepEqual([engine.model.unended, engine.model.threads[0]!.state], ["", "closed"]);
});

test("what was promised in all conversations is known after a reload, and asked for once", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const first = visitor(world, server);
  first.post("hello");
  await pass(world, 1_000);
  first.engine.stop();
  server.lists = 0;
  const second = visitor(world, server, first.stored.kept);
  await pass(world, 1_000);
  assert.equal(server.lists, 1);
  server.cut();
  await pass(world, 35_000);
  assert.equal(server.lists, 1);
  assert.equal(second.engine.model.promisesMissing, false);
});

test("typing of an agent ends by itself", async () => {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const { engine, post } = visitor(world, server);
  post("hi");
  await pass(world, 1_000);
  world.socket!.onmessage!(JSON.stringify({ type: "typing", conversation_id: server.conversation, agent: ana, on: true }));
  assert.equal(engine.model.typing.length, 1);
  await pass(world, 10_500);
  assert.equal(engine.model.typing.length, 0);
});

type Step = { t: "visitor" | "agent" | "cut" | "away" | "back" | "flush" | "beat" | "reload" } | { t: "wait"; ms: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Step>({ t: "visitor" }, { t: "agent" }, { t: "flush" }, { t: "beat" }) },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ t: "cut" }, { t: "away" }, { t: "back" }, { t: "reload" }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 12_000 }).map((ms): Step => ({ t: "wait", ms })) },
);
const fate = fc.constantFrom<Fate>("arrives", "arrives", "arrives", "is lost", "comes twice", "comes late");

test("whatever the network does: one order, each once, and no unsent word out of sight", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.array(fate, { minLength: 1, maxLength: 30 }), async (steps, fates) => {
    const world = new FakeWorld();
    const server = new FakeServer(world);
    let n = 0;
    server.fate = () => fates[n++ % fates.length]!;
    let tab = visitor(world, server);
    const written: string[] = [];
    const look = () => {
      const keys = tab.shown().map((r) => r.key);
      assert.equal(new Set(keys).size, keys.length, "each once");
      // After a reload the thread is fetched first; what is not sent is there at once.
      if (current(tab.engine.model)?.loaded) assert.deepEqual(written.filter((id) => !keys.includes(id)).filter((id) => !older(server, tab.shown(), id)), [], "every word is in sight");
    };
    for (const s of steps) {
      if (s.t === "visitor") written.push(tab.post(`v${written.length}`));
      if (s.t === "agent") server.agentSays(`a${server.log.length}`);
      if (s.t === "cut") server.cut();
      if (s.t === "away") {
        server.reachable = false;
        server.cut();
      }
      if (s.t === "back") server.reachable = true;
      if (s.t === "flush") server.flush();
      if (s.t === "beat") server.beat();
      if (s.t === "reload") {
        tab.engine.stop();
        tab = visitor(world, server, tab.stored.kept);
      }
      await pass(world, s.t === "wait" ? s.ms : 50);
      look();
    }
    server.reachable = true;
    server.fate = () => "arrives";
    server.flush();
    for (let i = 0; i < 8; i++) {
      await pass(world, 10_000);
      server.beat();
    }
    await pass(world, 1_000);
    if (!written.length) return;
    const shown = tab.shown();
    const log = server.messages();
    assert.deepEqual(shown.map((r) => r.key), log.slice(-shown.length).map((m) => m.client_id), "the server's order");
    assert.ok(shown.length >= Math.min(5, log.length));
    assert.deepEqual(log.filter((m) => m.author.kind === "person").map((m) => m.client_id), written, "stored once each, in the order of writing");
    assert.deepEqual(tab.stored.kept?.out, []);
  }), { numRuns: 120 });
});

/** A message that stands before the first one on the screen, to be had by paging back. */
function older(server: FakeServer, shown: { key: string }[], id: string): boolean {
  const log = server.messages().map((m) => m.client_id);
  const at = log.indexOf(id);
  const first = shown.map((r) => log.indexOf(r.key)).find((i) => i >= 0) ?? log.length;
  return at >= 0 && at < first;
}
