import assert from "node:assert/strict";
import { test } from "node:test";
import type { IdentityWhy } from "../../../wire/protocol";
import { learn } from "../../i18n";
import words from "../../i18n/identity.json";
import { spanWords, whyWords } from "./identity-why";

learn(words);

const WHYS: IdentityWhy[] = ["too_long", "malformed", "algorithm", "critical", "kid_unknown", "signature", "missing", "expired", "not_yet", "ahead", "audience", "subject", "lasting"];

test("every refusal is a sentence with everything filled in", () => {
  for (const why of WHYS) {
    for (const said of ["", "x-said"]) {
      const sentence = whyWords({ why, said, seconds: 180 }, "shop-key", "kid-now");
      assert.match(sentence, /[.?]$/, why);
      assert.doesNotMatch(sentence, /[{}]|why_/, why);
    }
  }
});

test("what stands in the token and what should stand there are both said", () => {
  assert.ok(whyWords({ why: "audience", said: "elsewhere" }, "shop-key", "").includes("“elsewhere”"));
  assert.ok(whyWords({ why: "audience", said: "elsewhere" }, "shop-key", "").includes("“shop-key”"));
  assert.ok(whyWords({ why: "kid_unknown", said: "gone" }, "", "kid-now").includes("kid-now"));
  assert.ok(whyWords({ why: "signature", said: "kid-old" }, "", "kid-now").includes("kid-old"));
  assert.ok(whyWords({ why: "expired", seconds: 180 }, "", "").includes("3 minutes ago"));
});

test("times in milliseconds are told from clocks that differ", () => {
  assert.ok(whyWords({ why: "ahead", seconds: 300 }, "", "").includes("5 minutes in the future"));
  assert.ok(whyWords({ why: "ahead", seconds: 1_780_000_000_000 }, "", "").includes("milliseconds"));
});

test("spans in the largest unit that fits", () => {
  assert.deepEqual([1, 59, 60, 3_599, 7_200, 86_400 * 3].map(spanWords), ["a second", "59 seconds", "a minute", "60 minutes", "2 hours", "3 days"]);
});
