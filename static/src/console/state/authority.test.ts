import assert from "node:assert/strict";
import { test } from "node:test";
import type { Grant } from "../../wire/protocol";
import { amountWords, fromAmount, toAmount, withGrant } from "./authority";

test("amounts are read as they are written, and nothing else is an amount", () => {
  const money = (text: string) => fromAmount(text, "money", "EUR");
  assert.deepEqual(["15", "12.50", "12,5", " 0.01 ", "0.29"].map(money), [1500, 1250, 1250, 1, 29]);
  for (const wrong of ["", "x", "-5", "1e3", "1.2.3", "0.001", "1,000", "1.000", "1,", "9999999999", "12 €"]) assert.ok(Number.isNaN(money(wrong)), wrong);
  assert.equal(fromAmount("7", "days", "EUR"), 7);
  for (const wrong of ["7.5", "1.000", "1,0"]) assert.ok(Number.isNaN(fromAmount(wrong, "days", "EUR")), wrong);
  assert.equal(fromAmount("500", "money", "JPY"), 500);
  assert.ok(Number.isNaN(fromAmount("1,000", "money", "JPY")));
  assert.equal(fromAmount("1.250", "money", "KWD"), 1250);
  assert.equal(toAmount(1250, "money", "EUR"), "12.5");
});

test("an amount is told in its unit", () => {
  Object.defineProperty(globalThis, "navigator", { value: { language: "en-US" }, configurable: true });
  assert.equal(amountWords(1250, "money", "EUR"), "€12.50");
  assert.equal(amountWords(1, "days", ""), "1 day");
  assert.equal(amountWords(1, "none", ""), "");
});

test("the newer word about a grant stands in its place", () => {
  const grant = (id: string, at: number) => ({ id, at }) as Grant;
  const list = [grant("b", 5), grant("a", 3)];
  assert.deepEqual(withGrant(list, grant("a", 4)).map((g) => g.at), [5, 4]);
  assert.deepEqual(withGrant(list, grant("b", 4)).map((g) => g.at), [5, 3]);
  assert.deepEqual(withGrant(list, grant("c", 1)).map((g) => g.id), ["c", "b", "a"]);
});
