import { test } from "node:test";
import assert from "node:assert/strict";
import { NO_OUTCOME, saidOf } from "./outcome";

test("what customers said is told once enough of them have, of both kinds of replies together", () => {
  const said = (solved: number, unsolved: number) => saidOf({ as_is: { ...NO_OUTCOME, solved }, reworded: { ...NO_OUTCOME, solved: 1, unsolved } });
  assert.equal(said(3, 0), null);
  assert.deepEqual(said(3, 1), { solved: 4, of: 5 });
  assert.deepEqual(said(0, 9), { solved: 1, of: 10 });
});
