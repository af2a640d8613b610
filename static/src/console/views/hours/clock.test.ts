import assert from "node:assert/strict";
import { test } from "node:test";
import { copied, fromClock, inOrder, onePeriodMore, overlap, period, spelled, toClock } from "./clock";

test("a period that closes before it opens goes on into the next day", () => {
  assert.deepEqual(period(fromClock("22:00"), fromClock("02:30")), { open: 1320, close: 1590 });
  assert.deepEqual(period(540, fromClock("00:00")), { open: 540, close: 1440 });
  assert.deepEqual(period(0, 0), { open: 0, close: 1440 }, "around the clock");
  assert.equal(toClock(1590), "02:30");
  assert.equal(fromClock(""), -1);
});

test("what overlaps is seen in whatever order it stands", () => {
  assert.equal(overlap([{ open: 780, close: 1020 }, { open: 540, close: 720 }]), false);
  assert.equal(overlap([{ open: 700, close: 1020 }, { open: 540, close: 720 }]), true);
});

test("another period comes after the last, while the day has room", () => {
  assert.equal(spelled(onePeriodMore([])), "09:00–17:00");
  assert.equal(spelled(onePeriodMore([{ open: 540, close: 720 }])), "09:00–12:00, 13:00–17:00");
  assert.equal(onePeriodMore([{ open: 540, close: 1560 }]).length, 1);
});

test("one day is copied to others and shares nothing with them", () => {
  const week = [[], [{ open: 540, close: 720 }], [], [], [], [], []];
  const all = copied(week, 1, [1, 2, 5]);
  assert.deepEqual(all.map((d) => d.length), [0, 1, 1, 0, 0, 1, 0]);
  assert.notEqual(all[2]![0], all[1]![0]);
});

test("days stand in the order in which they come, those of every year last", () => {
  const day = (date: string, yearly = false) => ({ date, yearly, name: "", hours: [] });
  assert.deepEqual(inOrder([day("2020-01-02", true), day("2027-01-01"), day("2026-12-24")]).map((d) => d.date), ["2026-12-24", "2027-01-01", "2020-01-02"]);
});
