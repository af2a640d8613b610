import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import type { AgentFrame, SentFile } from "../../wire/protocol";
import { api } from "../api";
import { attachedTo } from "./attached";
import { draftOf, setDraft, startedFrom } from "./drafts";
import { amendLast, hangOn, held, HOLD_MS, hurry, stopLast } from "./held";
import { attach } from "./link";
import { closeBehind, confirmed, openOutbox, pending, post, sendLeaving, takeBack } from "./outbox";
import { choose } from "./settings";
import { recallKeys } from "./storage";

const store = new Map<string, string>();
globalThis.localStorage = new Proxy({} as Storage, {
  get: (_, key) =>
    ({ getItem: (k: string) => store.get(k) ?? null, setItem: (k: string, v: string) => void store.set(k, v), removeItem: (k: string) => void store.delete(k) })[key as "getItem"],
  ownKeys: () => [...store.keys()],
  getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
});

const sent: string[] = [];
attach({ send: (f: AgentFrame) => f.type === "post" && sent.push(f.text) > 0, restart: () => {} } as never);
const land = () => pending.value.forEach((p) => confirmed(p.client_id));
const time = mock.timers;

beforeEach(() => {
  time.reset();
  time.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  store.clear();
  sent.length = 0;
  choose({ holdSends: true });
  openOutbox("ana").up();
});

test("who does not want it waits for nothing", () => {
  choose({ holdSends: false });
  post("c1", "reply", "At once");
  assert.deepEqual([sent, held.value.length], [["At once"], 0]);
  land();
});

test("a reply waits three seconds, a note only behind one, and they keep their order", () => {
  post("c2", "note", "First a note");
  assert.deepEqual(sent, ["First a note"]);
  land();
  post("c2", "reply", "One");
  time.tick(1_000);
  post("c2", "note", "Two");
  post("c3", "reply", "Elsewhere");
  time.tick(HOLD_MS - 1_001);
  assert.deepEqual(sent, ["First a note"]);
  time.tick(1);
  land();
  assert.deepEqual(sent, ["First a note", "One"]);
  time.tick(1_000);
  land();
  land();
  assert.deepEqual(sent, ["First a note", "One", "Two", "Elsewhere"]);
  assert.equal(recallKeys("outbox:").length, 0, "nothing is left to be sent again");
});

test("taken back it is whole in the composer, and never goes out", () => {
  const file = { id: "f", name: "a.png", type: "image/png", size: 1 } as SentFile;
  post("c4", "reply", "Sorry, wrong lamp", { templates: ["t1", "t2"], files: [file], thenClose: true });
  takeBack(stopLast()!);
  assert.deepEqual([draftOf("c4").text, draftOf("c4").kind, startedFrom.get("c4"), attachedTo("c4").map((g) => g.sent?.id)], ["Sorry, wrong lamp", "reply", ["t1", "t2"], ["f"]]);
  time.tick(HOLD_MS * 2);
  assert.deepEqual([sent, held.value.length, recallKeys("outbox:").length], [[], 0, 0]);
});

test("a page that ends sends what waits; one that crashed leaves it to the next", () => {
  post("c5", "reply", "Leaving");
  hurry();
  assert.deepEqual(sent, ["Leaving"]);
  land();
  post("c5", "reply", "Crash");
  time.tick(1_000);
  openOutbox("ana").up();
  assert.deepEqual([held.value.map((h) => h.text), pending.value.length], [["Crash"], 0], "it waits out its time");
  time.tick(HOLD_MS - 1_000);
  land();
  assert.deepEqual(sent, ["Leaving", "Crash"]);
  post("c5", "reply", "Later");
  const kept = [...store];
  stopLast();
  kept.forEach(([k, v]) => store.set(k, v));
  time.tick(HOLD_MS * 9);
  openOutbox("ana").up();
  assert.deepEqual(sent, ["Leaving", "Crash", "Later"], "whose time is over goes at once");
  land();
});

test("what another tab took back is not sent by this one", () => {
  post("c6", "reply", "Twice open");
  store.clear();
  time.tick(HOLD_MS);
  assert.deepEqual([sent, pending.value.length], [[], 0]);
});

test("closing sends what waits and closes behind it", () => {
  assert.equal(closeBehind("c7"), false);
  post("c7", "reply", "Goodbye");
  post("c8", "reply", "Still here");
  assert.equal(closeBehind("c7"), true);
  assert.deepEqual(sent, ["Goodbye"]);
  assert.equal(confirmed(pending.value[0]!.client_id), "c7");
  assert.deepEqual(held.value.map((h) => h.text), ["Still here"]);
  stopLast();
});

test("what hangs on the words happens when they go, or is put back", () => {
  const told: string[] = [];
  const fate = { gone: () => told.push("gone"), back: () => told.push("back") };
  assert.equal(hangOn("c9", "Until noon", fate), false);
  post("c9", "reply", "Until noon");
  assert.equal(hangOn("c9", "Until noon", fate), true);
  amendLast("c9", { then_close: true });
  stopLast();
  post("c9", "reply", "Until noon");
  hangOn("c9", "Until noon", fate);
  time.tick(HOLD_MS);
  assert.deepEqual(told, ["back", "gone"]);
  land();
  setDraft("c9", { text: "" });
});

test("a deed waits for the words before it, and not for ever", async () => {
  const calls: string[] = [];
  globalThis.fetch = (async (path: string) => (calls.push(path), new Response("{}"))) as typeof fetch;
  post("c1", "reply", "Back tomorrow");
  const asleep = api.put("conversations/c1/snooze", {});
  await api.put("conversations/c1/draft", {});
  assert.deepEqual([sent, calls], [["Back tomorrow"], ["/v1/console/conversations/c1/draft"]]);
  land();
  await asleep;
  assert.equal(calls.at(-1), "/v1/console/conversations/c1/snooze");

  post("c1", "reply", "Never heard of again");
  const closed = api.post("conversations/c1/close");
  time.tick(3_000);
  await closed;
  assert.equal(calls.at(-1), "/v1/console/conversations/c1/close");
  land();
});

test("whoever leaves sends all of it, in its order", () => {
  post("c1", "reply", "One");
  post("c2", "reply", "Two");
  post("c1", "reply", "Three");
  sendLeaving();
  assert.deepEqual([...new Set(sent)], ["One", "Two", "Three"]);
  land();
});
