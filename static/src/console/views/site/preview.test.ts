import assert from "node:assert/strict";
import { test } from "node:test";
import panel from "../../../i18n/en.json";
import { learn } from "../../i18n";
import words from "../../i18n/pages.json";
import { presenceWords } from "./preview";

learn(words);

test("the preview says who is here in the panel's own words", () => {
  const fill = (words: string, values: Record<string, string>) => words.replace(/\{(\w+)\}/g, (_, k: string) => values[k] ?? "");
  const said = (...names: string[]) => presenceWords(names.map((name) => ({ name })));
  const [first, second] = ["Ana", "Ben"];
  assert.equal(said(), panel["presence.away"]);
  assert.equal(said(first), fill(panel["presence.one"], { first }));
  assert.equal(said(first, second), fill(panel["presence.two"], { first, second }));
  assert.equal(said(first, second, "Noor", "Dan"), fill(panel["presence.more"].other, { first, second, count: "2" }));
});
