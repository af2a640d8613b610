import { test } from "node:test";
import assert from "node:assert/strict";
import type { Handovers, PassedOn } from "../../../wire/protocol";
import { learn } from "../../i18n";
import words from "../../i18n/handovers.json";
import shared from "../../i18n/report.json";
import { cell } from "../report/cells";
import { csv } from "./csv";

learn(words);
learn(shared);

const kind = (kind: PassedOn["kind"], more: Partial<PassedOn> = {}): PassedOn => ({ kind, asked: 0, accepted: 0, returned: 0, lapsed: 0, open: 0, why: {}, median: null, p90: null, ...more });

const FIGURES: Handovers = {
  since: "2026-11-17",
  kinds: [kind("handover", { asked: 9, accepted: 6, returned: 1, lapsed: 1, open: 1, median: 75, p90: 3700 }), kind("guest", { asked: 2, accepted: 2 }), kind("release", { asked: 7, accepted: 7 })],
  agents: [{ id: "a", name: "=HYPERLINK(\"http://x\")", given: 3, taken: 1 }],
  teams: [{ id: "t", name: "Repairs, north", given: 1, taken: 2 }],
  far: 1,
  rows: [],
};

test("the file says what the page says", () => {
  const lines = csv(FIGURES).split("\r\n");
  for (const said of [
    "Handed over,9,6,1,1,1,01:15,1:01:40",
    "Asked to join,2,2,0,0,0,Too few to say,Too few to say",
    "Back into the queue,7,7,0,0,0,Waits for nobody,Waits for nobody",
    "1 conversation waited for a third person",
    '"Repairs, north",1,2',
  ]) {
    assert.ok(lines.includes(said), said);
  }
});

test("no cell is computed", () => {
  assert.ok(csv(FIGURES).includes(`"'=HYPERLINK(""http://x"")",3,1`));
  for (const bad of ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1", "'=1"]) assert.match(cell(bad), /^"?'/);
  for (const fine of ["Ana", "12", "01:15", "'tis"]) assert.equal(cell(fine), fine);
});
