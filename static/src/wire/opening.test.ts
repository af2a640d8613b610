import assert from "node:assert/strict";
import { test } from "node:test";
import { opensAt } from "./opening";

test("a site is open within its hours, and always where it keeps none", () => {
  assert.equal(opensAt(undefined, 50), null);
  assert.deepEqual([50, 100, 199, 200, 299, 399].map((now) => opensAt([[100, 200], [300, 400]], now)), [100, null, null, 300, 300, null]);
});

test("after the last time that was told, nobody knows", () => {
  assert.equal(opensAt([[100, 200]], 200), 0);
  assert.equal(opensAt([], 200), 0);
});
