import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyModel, newThread } from "./engine/model";
import type { Kept } from "./engine/session";
import { takeOver, visitorName, type Mirror } from "./succession";

const unsent = { client_id: "m1", conversation_id: "c1", text: "hello", at: 0 };
const told = (kept: Kept | null): Mirror => ({
  kept,
  model: { ...emptyModel({ status: "online", agents: [] }), threads: [newThread("c1", 0, true)], pending: kept?.out ?? [] },
});

test("after a reset nothing of the mirror from before it is left", () => {
  assert.deepEqual(takeOver(told({ secret: "s1", out: [unsent] }), null, true), { kept: null });
});

test("what belongs to another device than the stored one is left behind", () => {
  const stored = { secret: "s2", out: [] };
  assert.deepEqual(takeOver(told({ secret: "s1", out: [unsent] }), stored, true), { kept: stored });
});

test("the same device goes on where the leader stood, with what storage says is unsent", () => {
  const next = takeOver(told({ secret: "s1", out: [] }), { secret: "s1", out: [unsent] }, true);
  assert.deepEqual(next.model?.threads.map((t) => t.id), ["c1"]);
  assert.deepEqual(next.model?.pending, [unsent]);
});

test("where nothing may be stored the mirror is all there is", () => {
  const mirror = told({ secret: "s1", out: [unsent] });
  assert.deepEqual(takeOver(mirror, null, false), { kept: mirror.kept, model: mirror.model });
  const mine = { secret: "s1", out: [] };
  assert.deepEqual(takeOver(null, mine, false), { kept: mine });
});

test("each origin has its own visitor, as each has its own storage", () => {
  assert.notEqual(visitorName("k", "https://a.shop.example"), visitorName("k", "https://b.shop.example"));
});
