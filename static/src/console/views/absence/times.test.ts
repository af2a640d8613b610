import { test } from "node:test";
import assert from "node:assert/strict";
import { backTimes } from "./times";

test("people are back at nine: tomorrow, on the next Monday, in a week", () => {
  const of = (year: number, month: number, day: number, hour: number) => new Date(year, month, day, hour).getTime();
  // A Sunday, a Monday, and a Saturday at the end of a month.
  for (const [from, ...want] of [
    [of(2026, 10, 22, 5), of(2026, 10, 23, 9), of(2026, 10, 23, 9), of(2026, 10, 29, 9)],
    [of(2026, 10, 23, 23), of(2026, 10, 24, 9), of(2026, 10, 30, 9), of(2026, 10, 30, 9)],
    [of(2026, 9, 31, 12), of(2026, 10, 1, 9), of(2026, 10, 2, 9), of(2026, 10, 7, 9)],
  ]) {
    assert.deepEqual(backTimes(from!).map((t) => t.at), want, new Date(from!).toString());
  }
});
