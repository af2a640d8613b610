import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import type { Me } from "../../../wire/protocol";

const touched = new EventTarget();
const memory = new Map<string, string>();
Object.assign(globalThis, {
  document: { documentElement: { lang: "en" } },
  addEventListener: touched.addEventListener.bind(touched),
  removeEventListener: touched.removeEventListener.bind(touched),
  localStorage: { getItem: (k: string) => memory.get(k) ?? null, setItem: (k: string, v: string) => void memory.set(k, v) },
});
const said: object[] = [];
const answer = async (_: string, { body }: { body: string }) => {
  const { no_new_minutes: _n, ...rest } = JSON.parse(body);
  said.push(rest);
  return new Response(JSON.stringify(rest.status === "online" ? { status: "online" } : rest));
};
globalThis.fetch = answer as unknown as typeof fetch;
const { me } = await import("../../state/session");
const { awaySoon, standing } = await import("../../status");
const { watchIdle } = await import("./idle");

const minutes = (n: number) => n * 60_000;
const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};
let at = 0;
const wait = async (ms: number) => {
  for (let left = ms; left > 0; left -= 5_000) {
    at += 5_000;
    mock.timers.tick(5_000);
    await settle();
  }
};

function begin(away_minutes: number): () => void {
  said.length = 0;
  memory.clear();
  at = 1_000_000;
  standing.value = { status: "online" };
  me.value = { agent: { id: "ana" }, sites: [{ id: "s", routing: { away_minutes } }] } as unknown as Me;
  mock.timers.reset();
  mock.timers.enable({ apis: ["setInterval"] });
  return watchIdle(() => at);
}
afterEach(() => mock.timers.reset());

test("who touches nothing is warned, then away, and back with the first touch", async () => {
  const stop = begin(10);
  await wait(minutes(9) - 5_000);
  assert.equal(awaySoon.value, 0);
  await wait(5_000);
  assert.equal(awaySoon.value, 1_000_000 + minutes(10));
  await wait(minutes(1));
  assert.deepEqual(said, [{ status: "away", auto: true }]);
  assert.deepEqual([awaySoon.value, standing.value.status], [0, "away"]);
  touched.dispatchEvent(new Event("keydown"));
  await settle();
  assert.deepEqual(said[1], { status: "online", auto: true });
  stop();
});

test("a touch in another tab counts, and an answer to the warning", async () => {
  const stop = begin(3);
  await wait(minutes(2) + 5_000);
  assert.ok(awaySoon.value > 0);
  touched.dispatchEvent(new Event("pointerdown"));
  assert.equal(awaySoon.value, 0);
  await wait(minutes(2) - 10_000);
  memory.set("rapport:touched", String(at));
  await wait(minutes(2) - 10_000);
  assert.equal(awaySoon.value, 0);
  assert.deepEqual(said, []);
  stop();
});

test("who is away on purpose, or on a site without this rule, is left alone", async () => {
  const stop = begin(3);
  standing.value = { status: "away", reason: "Lunch" };
  await wait(minutes(5));
  touched.dispatchEvent(new Event("keydown"));
  await settle();
  stop();
  assert.deepEqual(said, []);
  const still = begin(0);
  await wait(minutes(20));
  still();
  assert.deepEqual(said, []);
});
