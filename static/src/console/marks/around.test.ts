import { test } from "node:test";
import assert from "node:assert/strict";
import { questions } from "./around";

const said = (...texts: string[]) => texts.map((text) => ({ text }));

test("what they asked since our last reply, sentence by sentence", () => {
  assert.deepEqual(questions(said("Hi. When does it come? I need it soon!\nHow much is express?", "Hello?"), ""), ["When does it come?", "How much is express?", "Hello?"]);
  assert.deepEqual(questions(said("Thanks, that is all."), ""), []);
});

test("a question known to be open from before stands first, and never twice", () => {
  assert.deepEqual(questions(said("And the lid?"), "How much is express?"), ["How much is express?", "And the lid?"]);
  assert.deepEqual(questions(said("Hi, how much is express? Thanks"), "how much is express?"), ["Hi, how much is express?"]);
  assert.deepEqual(questions([], "a refund"), []);
});
