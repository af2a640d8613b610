import assert from "node:assert/strict";
import { test } from "node:test";
import { rules, ruleWords } from "./rules";

test("a rule is named in words, and by its name where nobody knows it", () => {
  rules.value = [{ name: "said_back", why: "Said back what they need", means: "", example: "" }];
  assert.equal(ruleWords("said_back"), "Said back what they need");
  assert.equal(ruleWords("old_rule"), "old_rule");
  assert.equal(ruleWords(""), "");
});
