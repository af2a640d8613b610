import assert from "node:assert/strict";
import { test } from "node:test";
import { asLines, fromLines } from "./house-words";

test("house words are a line each, with the plain ones behind an equals sign", () => {
  const words = [{ word: "kiln slot", plain: "time in the oven" }, { word: "SKU", plain: "" }];
  assert.equal(asLines(words), "kiln slot = time in the oven\nSKU");
  assert.deepEqual(fromLines("kiln slot=time in the oven\n\n SKU \n = nothing\nE=mc = a law"), [...words, { word: "E", plain: "mc = a law" }]);
});
