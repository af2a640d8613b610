import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import assert from "node:assert/strict";
import { fill, holes, insertAt, missing, nextHole, slashQuery } from "./template";

interface Cases {
  vars: Record<string, string>;
  placeholders: { text: string; names: string[] | null }[];
  render: { name?: string; body: string; text: string; missing: string[] | null }[];
}
// The server's tests read the same file: both fill a template alike, or one of them fails.
const cases = JSON.parse(readFileSync(join(process.env["STATIC_ROOT"] ?? ".", "../hub/cycle/testdata/render.json"), "utf8")) as Cases;

for (const c of cases.render) {
  test(`fills like the server: ${c.name ?? c.body}`, () => {
    const text = fill(c.body, cases.vars);
    assert.equal(text, c.text);
    assert.deepEqual(missing(text), c.missing ?? []);
  });
}

for (const c of cases.placeholders) {
  test(`finds what is left like the server: ${c.text}`, () => assert.deepEqual(missing(c.text), c.names ?? []));
}

test("a hole is found where it stands, and the next one after the caret", () => {
  const text = "Dear {{customer.name}}, by {{when}}.";
  assert.deepEqual(holes(text).map((h) => [text.slice(h.start, h.end), h.key]), [
    ["{{customer.name}}", "customer.name"],
    ["{{when}}", "when"],
  ]);
  assert.equal(nextHole(text, 10)?.key, "when");
  assert.equal(nextHole(text, 40)?.key, "customer.name", "round and round");
  assert.equal(nextHole("nothing", 0), null);
});

test("a template goes in at the caret, replaces nothing else, and the caret stands on the first blank", () => {
  const r = insertAt("Hello /or. Bye", 6, 9, "order {{number}}!");
  assert.equal(r.text, "Hello order {{number}}!. Bye");
  assert.equal(r.text.slice(r.start, r.end), "{{number}}");
  const plain = insertAt("ab", 1, 1, "XY");
  assert.deepEqual(plain, { text: "aXYb", start: 3, end: 3 });
});

test("a slash opens the menu at the start or after a space, never inside a word or an address", () => {
  assert.deepEqual(slashQuery("/he", 3), { from: 0, query: "he" });
  assert.deepEqual(slashQuery("Well, /", 7), { from: 6, query: "" });
  assert.deepEqual(slashQuery("line\n/ü", 7), { from: 5, query: "ü" });
  assert.equal(slashQuery("and/or", 6), null);
  assert.equal(slashQuery("https://x", 9), null);
  assert.equal(slashQuery("/he llo", 7), null);
});
