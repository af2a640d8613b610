import assert from "node:assert/strict";
import { test } from "node:test";
import { followUpAt } from "./follow-up";

const at = (y: number, m: number, d: number, h = 0) => new Date(y, m - 1, d, h).getTime();

test("a complaint is followed up at ten on a working day", () => {
  assert.equal(followUpAt("next", at(2026, 11, 17, 23)), at(2026, 11, 18, 10), "Tuesday night → Wednesday");
  assert.equal(followUpAt("next", at(2026, 11, 20, 9)), at(2026, 11, 23, 10), "Friday → Monday");
  assert.equal(followUpAt("next", at(2026, 11, 21, 9)), at(2026, 11, 23, 10), "Saturday → Monday");
  assert.equal(followUpAt("second", at(2026, 11, 19, 9)), at(2026, 11, 23, 10), "Thursday → Monday");
});
