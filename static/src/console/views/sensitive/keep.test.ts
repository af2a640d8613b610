import assert from "node:assert/strict";
import { test } from "node:test";
import { monthsAfter } from "./keep";

const day = (year: number, month: number, date: number) => new Date(year, month - 1, date, 12).getTime();

test("months end on the same day, or on the last that there is", () => {
  assert.equal(monthsAfter(day(2026, 11, 22), 3), day(2027, 2, 22));
  assert.equal(monthsAfter(day(2026, 11, 30), 3), day(2027, 2, 28));
  assert.equal(monthsAfter(day(2027, 12, 31), 2), day(2028, 2, 29));
});

test("twelve months are never more than the year that the server takes", () => {
  for (const from of [day(2027, 2, 28), day(2028, 2, 29), day(2027, 3, 1)]) assert.ok(monthsAfter(from, 12) - from <= 366 * 86_400_000);
});
