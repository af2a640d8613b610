import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import assert from "node:assert/strict";
import type { ConversationView, Fit, Template } from "../../wire/protocol";
import { applies, byFit, known, type Known } from "./fit";

interface Case {
  known: Record<string, string>;
  order: string[];
}
// Lists as they come from the server, and the order in which they are offered.
const file = JSON.parse(readFileSync(join(process.env["STATIC_ROOT"] ?? ".", "../hub/cycle/testdata/rank.json"), "utf8")) as { templates: Template[]; cases: Case[] };
const NAMES: Record<string, keyof Known> = { step: "step", type: "types", mood: "moods", segment: "segments", loyalty: "loyalty", journey: "journey" };

for (const c of file.cases) {
  test(`the best comes first: ${JSON.stringify(c.known)}`, () => {
    const k = Object.fromEntries(Object.entries(c.known).map(([name, word]) => [NAMES[name], word])) as unknown as Known;
    assert.deepEqual([...file.templates].sort(byFit(k)).map((x) => x.title), c.order);
  });
}

test("a prompt made for somebody is shown to nobody else", () => {
  const k: Known = { step: "understanding", types: "complaint", moods: "" };
  const shown = (fit: Fit) => applies(fit, k);
  assert.deepEqual([shown({}), shown({ types: ["complaint"] }), shown({ types: ["complaint"], stages: ["record"] })], [true, true, true]);
  assert.deepEqual([shown({ types: ["question"] }), shown({ moods: ["fine"] }), shown({ loyalty: ["exclusive"] })], [false, false, false]);
});

test("loyalty and journey are what the site reports", () => {
  const view = { matter: { step: "greeting", type: "question", mood: "" }, person: { segment: "new", attributes: [{ key: "loyalty", value: "switcher", verified: true }] } };
  const k = known(view as unknown as ConversationView);
  assert.deepEqual([k.step, k.types, k.segments, k.loyalty, k.journey], ["greeting", "question", "new", "switcher", ""]);
});
