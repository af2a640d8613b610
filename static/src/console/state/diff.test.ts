import * as fc from "fast-check";
import { test } from "node:test";
import assert from "node:assert/strict";
import { diff } from "./diff";

const shown = (before: string, after: string) => diff(before, after).map((p) => ({ same: "", gone: "-", new: "+" })[p.kind] + p.text);

test("what changed is told word by word", () => {
  assert.deepEqual(shown("Hello there, we look.", "Hello Maria, we look."), ["Hello ", "-there, ", "+Maria, ", "we look."]);
  assert.deepEqual(shown("One two", "One two"), ["One two"]);
  assert.deepEqual(shown("", "New"), ["+New"]);
  assert.deepEqual(shown("Old", ""), ["-Old"]);
  assert.deepEqual(shown("", ""), []);
});

test("the pieces are both texts, whatever they are", () => {
  const text = fc.array(fc.constantFrom("a", "b", " ", "c\n", "d ", "ä"), { maxLength: 40 }).map((x) => x.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = diff(before, after);
      assert.equal(pieces.filter((p) => p.kind !== "new").map((p) => p.text).join(""), before);
      assert.equal(pieces.filter((p) => p.kind !== "gone").map((p) => p.text).join(""), after);
    }),
  );
});

test("a very long text is not compared for ever", () => {
  const long = "word ".repeat(4_000);
  assert.deepEqual(diff(long, `${long}more`).map((p) => p.kind), ["gone", "new"]);
});
