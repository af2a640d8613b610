import { test } from "node:test";
import assert from "node:assert/strict";
import words from "../../i18n/quick.json";
import { learn } from "../../i18n";
import { usedWords } from "./used";

learn(words);

test("what became of an answer is said in words, and what never happened is not made up", () => {
  const said = (opened: number, helped: number, followed: number) => usedWords({ id: "a", opened, helped, followed });
  assert.equal(said(41, 12, 5), "opened 41 times · 12 times it helped · 5 times a question followed");
  assert.equal(said(1, 0, 1), "opened once · once a question followed");
  assert.equal(said(2, 1, 0), "opened 2 times · once it helped · no question followed");
});
