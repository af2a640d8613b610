import assert from "node:assert/strict";
import { test } from "node:test";
import { learn } from "../../i18n";
import words from "../../i18n/retention.json";
import { firstGo, keptFor, sureWords, wouldGo } from "./kept";

learn(words);

test("whole years are called years", () => {
  assert.deepEqual([0, 1, 6, 12, 18, 24].map(keptFor), ["For ever", "For a month", "For 6 months", "For a year", "For 18 months", "For 2 years"]);
});

test("nobody is asked about a number that was cut", () => {
  assert.match(wouldGo({ conversations: 5000, more: true }), /more than 5000/);
  assert.match(sureWords({ conversations: 5000, more: true }), /more than 5000/);
  assert.match(sureWords({ conversations: 412, more: false }), /^In a day 412 conversations go for good/);
  assert.match(sureWords({ conversations: 1, more: false }), /^In a day one conversation goes for good/);
  assert.match(sureWords({ conversations: 0, more: false }), /^None goes now/);
});

test("the first go a day after it was said", () => assert.equal(firstGo(1_000), 86_401_000));
