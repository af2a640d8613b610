import assert from "node:assert/strict";
import { test } from "node:test";
import { contrast, inkOn, parse } from "./contrast";
import { readable } from "./readable";

/** Every colour of three hexadecimal digits: 4,096 of them. */
function* colours(): Generator<string> {
  for (let n = 0; n < 4096; n++) yield `#${n.toString(16).padStart(3, "0").replace(/./g, "$&$&")}`;
}

test("words on any site's colour reach 4.5 to 1", () => {
  for (const colour of colours()) {
    const ink = inkOn(colour) === "#fff" ? 0xffffff : 0;
    assert.ok(contrast(parse(colour), ink) >= 4.5, `${colour}: ${contrast(parse(colour), ink)}`);
  }
});

test("words in any site's colour reach 4.5 to 1 on the panel's grounds, light and dark", () => {
  for (const ground of ["#f1f0ef", "#31312e"]) {
    for (const colour of colours()) {
      const text = readable(colour, ground);
      assert.ok(contrast(parse(text), parse(ground)) >= 4.5, `${colour} on ${ground} became ${text}`);
    }
  }
});

test("a colour that is readable stays itself", () => {
  assert.equal(readable("#2f6f5e", "#f9f9f8"), "#2f6f5e");
});

test("the known ratios", () => {
  assert.equal(contrast(0xffffff, 0), 21);
  assert.ok(Math.abs(contrast(parse("#767676"), 0xffffff) - 4.54) < 0.01);
});
