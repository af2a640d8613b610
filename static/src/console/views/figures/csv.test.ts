import { test } from "node:test";
import assert from "node:assert/strict";
import type { Figures } from "../../../wire/protocol";
import { learn } from "../../i18n";
import words from "../../i18n/figures.json";
import shared from "../../i18n/report.json";
import { csv } from "./csv";

globalThis.navigator ??= { language: "en-GB" } as Navigator;

learn(words);
learn(shared);

const FIGURES: Figures = {
  since: "2026-11-20",
  started: 9, closed: 6, lapsed: 1, unanswered: 2,
  first: { n: 7, median: 75, p90: 3700 },
  resolution: { n: 4, median: null, p90: null },
  ratings: [1, 0, 0, 2, 2], solved: 1, not_yet: 0,
  promises: { made: 4, kept: 3, moved: 1, broken: 1, dropped: 0 },
  days: [{ day: "2026-11-20", started: 9, answered: 7, closed: 6 }],
  agents: [{ id: "a", name: "=1+1", first: { n: 7, median: 75, p90: 3700 }, closed: 6, rated: 5, satisfied: 4 }, { id: "b", name: "Ben", first: { n: 1, median: null, p90: null }, closed: 0, rated: 0, satisfied: 0 }],
  teams: [],
  unanswered_rows: [], unhappy_rows: [],
};

test("the file says what the page says, and no more than few cases can", () => {
  const lines = csv(FIGURES).split("\r\n");
  for (const said of [
    'Conversations,9,"6 were closed, 1 of them by themselves as the customer had gone"',
    'First response,01:15,"half waited no longer for a person’s first reply, nine of ten no longer than 1:01:40"',
    "Resolution,–,of 4: too few to say how long",
    'Satisfied,80%,"4 of 5 who rated gave 4 or 5; 83% of what was closed was rated"',
    'Promises kept,–,"3 kept as agreed, 1 moved, 1 broken; 4 made"',
    "2026-11-20,9,7,6",
    "'=1+1,7,01:15,1:01:40,6,5,80%",
    "Ben,1,too few,too few,0,0,–",
  ]) {
    assert.ok(lines.includes(said), `${said} is not in\n${lines.join("\n")}`);
  }
});
