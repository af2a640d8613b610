import assert from "node:assert/strict";
import { test } from "node:test";
import { countVisit } from "./visits";

function storage(kept: Record<string, string> = {}) {
  const all = new Map(Object.entries(kept));
  return { all, getItem: (k: string) => all.get(k) ?? null, setItem: (k: string, v: string) => void all.set(k, v), removeItem: (k: string) => void all.delete(k) };
}

const HOUR = 3_600_000;

test("of whom the chat keeps nothing, nothing is stored", () => {
  const store = storage({ "rapport:k:visits": '{"n":4,"at":5}' });
  assert.equal(countVisit("k", HOUR, store), 0);
  assert.equal(store.all.size, 0);
});

test("a visit counts once, until half an hour has passed without a page", () => {
  const store = storage({ "rapport:k": "{}" });
  assert.equal(countVisit("k", 10 * HOUR, store), 1);
  assert.equal(countVisit("k", 10 * HOUR + 20_000, store), 1);
  assert.equal(countVisit("k", 10.4 * HOUR, store), 1);
  assert.equal(countVisit("k", 11 * HOUR, store), 2);
});

test("what somebody else wrote there counts for nothing", () => {
  for (const odd of ["x", "null", '{"n":"9","at":1}', '{"n":-3,"at":1}', '{"n":2}']) {
    assert.equal(countVisit("k", HOUR, storage({ "rapport:k": "{}", "rapport:k:visits": odd })), 1, odd);
  }
});
