import { test } from "node:test";
import assert from "node:assert/strict";
import { atQuery } from "./at";

test("a name is asked for after an @ that begins a word", () => {
  assert.deepEqual(atQuery("@", 1), { from: 0, query: "" });
  assert.deepEqual(atQuery("ask @no", 7), { from: 4, query: "no" });
  assert.deepEqual(atQuery("ask @Noor Had", 13), { from: 4, query: "Noor Had" });
  assert.deepEqual(atQuery("(@Øy", 4), { from: 1, query: "Øy" });
  assert.equal(atQuery("ben@shop", 8), null);
  assert.equal(atQuery("@noor, then", 11), null);
  assert.equal(atQuery("@no one", 3)?.query, "no");
});
