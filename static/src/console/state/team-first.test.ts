import assert from "node:assert/strict";
import { test } from "node:test";
import type { Template } from "../../wire/protocol";
import { byFit } from "./fit";
import { NO_OUTCOME } from "./outcome";

const template = (title: string, more: Partial<Template>): Template => ({ id: title, title, shortcut: "", body: "", steps: ["greeting"], fit: {}, scope: "site", uses: 0, as_is: NO_OUTCOME, reworded: NO_OUTCOME, worth: 500, updated_at: 0, ...more });

test("a team's template comes before what fits as well, not before what fits better", () => {
  const list = [template("often used", { uses: 90, worth: 900 }), template("of the team", { scope: "team" }), template("made for it", { fit: { types: ["complaint"] } })];
  const order = list.sort(byFit({ step: "greeting", types: "complaint" })).map((x) => x.title);
  assert.deepEqual(order, ["made for it", "of the team", "often used"]);
});
