import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Me, Row, RowPage } from "../../wire/protocol";
import { applyRows, beginHearing, counts, fetchList, forgetLists, list, patchRow, putRow, rows, siteSeq } from "./lists";
import { me } from "./session";

const ben = { id: "ben", name: "Ben", picture: "" };
const row = (id: string, seq: number, more: Partial<Row> = {}) => ({ id, site_id: "s", seq, rank: seq, state: "waiting", assignee: null, unread: 1, ...more }) as Row;

/** What the server answers to one reading of a list after another. */
let answers: ({ rows: Row[]; site_seq: number } & Partial<RowPage>)[] = [];
let reads = 0;
/** Answers wait for it. */
let road: Promise<unknown> = Promise.resolve();
globalThis.fetch = async () => {
  const page: RowPage = { next: "", counts: { queue: 0, mine: 0, open: 0, snoozed: 0 }, ...answers[Math.min(reads++, answers.length - 1)]! };
  await road;
  return new Response(JSON.stringify(page));
};

beforeEach(() => {
  me.value = { agent: ben, sites: [{ id: "s" }] } as unknown as Me;
  forgetLists();
  list.value = "queue";
  reads = 0;
});

test("a list read before the socket was heard is read again", async () => {
  answers = [{ rows: [], site_seq: 10 }, { rows: [row("missed", 1)], site_seq: 12 }];
  const reading = fetchList("queue");
  assert.equal(beginHearing({ s: 12 }, {}), false, "nothing is held yet");
  applyRows({ site_id: "s", from: 12, site_seq: 13, rows: [row("live", 1)], counts: counts.value });
  await reading;
  assert.equal(reads, 2);
  assert.deepEqual([...rows.value.keys()].sort(), ["live", "missed"]);
});

test("a list that was read while the hello was under way is found behind; one whose place was said is not", async () => {
  answers = [{ rows: [], site_seq: 10 }];
  await fetchList("queue");
  assert.equal(beginHearing({ s: 12 }, { s: 10 }), false, "the server sends what came since");
  assert.equal(beginHearing({ s: 12 }, {}), true);
  assert.equal(siteSeq.get("s"), 12);
});

test("a refused change does not bring an old row back over a newer one", () => {
  rows.value = new Map([["a", row("a", 5)]]);
  const putBack = patchRow("a", { state: "open", assignee: ben });
  assert.equal(counts.value.mine, 1);
  applyRows({ site_id: "s", from: 1, site_seq: 2, rows: [row("a", 6, { state: "open", assignee: { ...ben, id: "ana" } })], counts: { queue: 0, mine: -1, open: 1, snoozed: 0 } });
  putBack();
  assert.deepEqual([rows.value.get("a")?.assignee?.id, counts.value.mine], ["ana", 0]);
  putRow(row("a", 5));
  assert.equal(rows.value.get("a")?.seq, 6, "nor does a late answer");
});

const mine = (id: string, seq = 1) => row(id, seq, { state: "open", assignee: ben });
const frame = (site_seq: number, ...changed: Row[]) => ({ site_id: "s", from: site_seq - 1, site_seq, rows: changed, counts: { queue: 0, mine: -1, open: 3, snoozed: 0 } });

test("rows that were mine before they came in are not counted again", async () => {
  answers = [{ rows: [], site_seq: 10, next: "more", counts: { queue: 0, mine: 3, open: 3, snoozed: 0 } }];
  await fetchList("queue");
  applyRows(frame(11, mine("a"), mine("b"), mine("c")));
  assert.equal(counts.value.mine, 3);
  answers.push({ rows: [mine("a"), mine("b"), mine("c")], site_seq: 11, counts: { queue: 0, mine: 3, open: 3, snoozed: 0 } });
  await fetchList("mine");
  applyRows(frame(12, mine("d")));
  assert.equal(counts.value.mine, 4, "held whole, it is counted");
  applyRows(frame(13, row("a", 2, { state: "closed", assignee: ben })));
  assert.equal(counts.value.mine, 3);
});

test("a slow answer does not lay older numbers over newer ones", async () => {
  answers = [{ rows: [], site_seq: 10, counts: { queue: 9, mine: 9, open: 9, snoozed: 0 } }];
  let arrive = () => {};
  road = new Promise<void>((go) => (arrive = go));
  const reading = fetchList("queue");
  beginHearing({ s: 10 }, {});
  applyRows({ ...frame(11), counts: { queue: 1, mine: 2, open: 3, snoozed: 0 } });
  arrive();
  await reading;
  assert.deepEqual(counts.value, { queue: 1, mine: 2, open: 3, snoozed: 0 });
});

test("a list asked for while it is on its way is read again", async () => {
  answers = [{ rows: [], site_seq: 10 }, { rows: [row("late", 1)], site_seq: 11 }];
  const reading = fetchList("queue");
  await fetchList("queue");
  await fetchList("queue", true);
  await reading;
  assert.deepEqual([reads, rows.value.has("late")], [2, true]);
});
