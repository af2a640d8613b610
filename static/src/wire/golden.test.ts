import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { draftMessage, Engine } from "../panel/engine/engine";
import { FakeServer } from "../panel/engine/server.test-helper";
import type { ToVisitorFrame } from "./protocol";
import { FakeWorld } from "./world.test-helper";

/** The same files that the server's tests read. */
const dir = join(process.env.STATIC_ROOT!, "docs/golden/frames");
const golden = (name: string) => JSON.parse(readFileSync(join(dir, `${name}.json`), "utf8")) as Record<string, unknown>;

async function connected() {
  const world = new FakeWorld();
  const server = new FakeServer(world);
  const engine = new Engine({
    api: server.api, env: world.env, site: "k", locale: "en", socketUrl: "ws://test",
    changed: () => {}, tell: () => {}, keep: () => {}, read: async () => null, askToken: () => {},
  }, { status: "away", agents: [] }, null);
  engine.run({ do: "post", message: draftMessage("c1", "hello", world.now) });
  await world.settle();
  world.advance(10);
  await world.settle();
  return { world, engine, server };
}

for (const name of readdirSync(dir).filter((n) => n.startsWith("to_visitor.")).map((n) => n.replace(".json", ""))) {
  test(`the panel takes ${name} and stays live`, async () => {
    const { world, engine } = await connected();
    const frame = golden(name) as unknown as ToVisitorFrame;
    world.socket!.onmessage!(JSON.stringify(frame));
    await world.settle();
    assert.equal(engine.model.link.state, "live");
    if (frame.type === "presence") assert.deepEqual(engine.model.presence, frame.presence);
    if (frame.type === "hello") assert.equal(engine.model.person?.id, frame.person.id);
    if (frame.type === "typing") assert.equal(engine.model.typing.length, frame.on ? 1 : 0);
  });
}

test("what the panel says has the fields of the protocol's examples, and no other", async () => {
  const { world, engine, server } = await connected();
  engine.run({ do: "typing", conversation: "c1", on: true });
  engine.run({ do: "page", page: { url: "https://shop/", title: "Shop" } });
  server.agentSays("hi");
  engine.run({ do: "read", conversation: "c1", seq: 3 });
  const card = server.card({ kind: "proposal" });
  const answer = draftMessage("c1", "The blue ones, please.", world.now);
  engine.run({ do: "post", message: { ...answer, answer: { card_id: card.id, choice: "decline", option: "" } } });
  world.socket!.onmessage!(JSON.stringify({ type: "beat", heads: { c1: 9 }, answer: true }));
  const said = world.socket!.sent.map((t) => JSON.parse(t) as Record<string, unknown>);
  const types = ["hello", "post", "typing", "page", "delivered", "read", "answer", "beat", "resume"];
  for (const type of types) {
    const frame = said.find((f) => f["type"] === type);
    assert.ok(frame, `the panel says ${type}`);
    assert.deepEqual(Object.keys(frame).sort(), Object.keys(golden(`visitor.${type}`)).sort(), type);
  }
});
