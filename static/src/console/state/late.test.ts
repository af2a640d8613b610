import assert from "node:assert/strict";
import { test } from "node:test";
import { lateSample, lateTexts, withLate } from "./late";

test("our own words stand where the owner has none, and are not stored", () => {
  const usual = lateTexts({}, "en");
  assert.match(usual.known, /^We are sorry/);
  assert.deepEqual(withLate({}, "en", usual), []);
  const late = withLate({ late: [{ language: "ar", known: "x", open: "" }] }, "en", { ...usual, known: " Late again. " });
  assert.deepEqual(late, [{ language: "ar", known: "x", open: "" }, { language: "en", known: "Late again.", open: "" }]);
  assert.deepEqual(lateTexts({ late }, "en"), { known: "Late again.", open: usual.open });
  assert.deepEqual(withLate({ late }, "ar", { known: "", open: "" }), [late[1]]);
});

test("a sample reads as a customer would, without the hole of a value that is left out", () => {
  assert.equal(lateSample("{{customer.first_name|}} {{delay.what}} comes {{delay.until}}. {{delay.reason}}", "en", "on Monday", {}), "your order 4411 comes on Monday. The van broke down.");
  assert.equal(lateSample("It comes {{delay.until}}.", "en", "", {}), "It comes {{delay.until}}.");
});
