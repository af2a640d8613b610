import assert from "node:assert/strict";
import { test } from "node:test";
import { learn } from "../../i18n";
import words from "../../i18n/inviting.json" with { type: "json" };
import { shareOf, sumOf } from "./sums";

globalThis.navigator ??= { language: "en-GB" } as Navigator;
learn(words);

test("few of few are told as they are, a share comes with enough of them", () => {
  assert.equal(shareOf(1, 1), "1 of 1");
  assert.equal(shareOf(3, 29), "3 of 29");
  assert.equal(shareOf(3, 30), "3 of 30 · 10%");
});

test("days add up", () => {
  const day = { shown: 3, declined: 1, answered: 2, led: 1 };
  assert.deepEqual(sumOf([day, { ...day, shown: 4 }]), { shown: 7, declined: 2, answered: 4, led: 2 });
  assert.deepEqual(sumOf([]), { shown: 0, declined: 0, answered: 0, led: 0 });
});
