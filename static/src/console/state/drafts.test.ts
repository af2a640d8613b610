import { mock, test } from "node:test";
import assert from "node:assert/strict";
import { draftOf, loadDrafts, meetDraft, newer, setDraft } from "./drafts";

const draft = (text: string, at: number) => ({ kind: "reply" as const, text, at });

/** A browser's storage, as far as drafts use it. */
const held: Record<string, string> = {};
globalThis.localStorage = new Proxy(held, {
  get: (_, key: string) =>
    ({ getItem: (k: string) => held[k] ?? null, setItem: (k: string, v: string) => void (held[k] = v), removeItem: (k: string) => delete held[k] })[key] ?? held[key],
}) as never;
Object.assign(globalThis, { addEventListener: () => {}, removeEventListener: () => {} });

/** What the server is told of drafts; none while it cannot be reached. */
let online = true;
let told: string[] = [];
globalThis.fetch = async (_, init) => {
  if (!online) throw new TypeError("no network");
  told.push((JSON.parse(String(init?.body)) as { text: string }).text);
  return new Response("{}");
};
const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

test("the later draft stands: one written offline is not lost to an older one on the server", () => {
  assert.equal(newer(draft("here", 5), draft("there", 4)).text, "here");
  assert.equal(newer(draft("here", 3), draft("there", 4)).text, "there");
});

test("without one of them the other stands, without both nothing", () => {
  assert.equal(newer(undefined, draft("there", 4)).text, "there");
  assert.equal(newer(draft("here", 3), null).text, "here");
  assert.equal(newer(undefined, null).text, "");
});

test("what was sent offline does not come back into the composer after a reload", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  loadDrafts("ana");
  online = true;
  setDraft("c", { text: "On my way" });
  mock.timers.tick(1_000);
  await settle();
  assert.deepEqual(told, ["On my way"]);
  const there = draft("On my way", draftOf("c").at);
  online = false;
  setDraft("c", { text: "" });
  mock.timers.tick(1_000);
  await settle();

  loadDrafts("ana");
  meetDraft("c", there);
  assert.equal(draftOf("c").text, "", "the server still holds the words that were sent");
  online = true;
  mock.timers.tick(1_000);
  await settle();
  assert.deepEqual(told, ["On my way", ""], "and is told");
  assert.deepEqual(Object.keys(held), [], "then nothing is kept of it");
  mock.timers.reset();
});

test("what was written offline is told to the server when the conversation is opened again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  loadDrafts("ana");
  online = false;
  told = [];
  setDraft("d", { text: "Half a senten" });
  mock.timers.tick(1_000);
  await settle();
  online = true;
  loadDrafts("ana");
  meetDraft("d", draft("Half", 1));
  mock.timers.tick(1_000);
  await settle();
  assert.deepEqual(told, ["Half a senten"]);
  mock.timers.reset();
});
