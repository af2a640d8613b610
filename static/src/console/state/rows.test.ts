import { test } from "node:test";
import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { ListName, Row } from "../../wire/protocol";
import { belongs, countMine, frozen, mergeRows, mineDelta, nextAfter, ordered, pruned, renamed, unpatched, urgency } from "./rows";

const agent = (id: string) => ({ id, name: id, picture: "" });
function row(id: string, more: Partial<Row> = {}): Row {
  return {
    id,
    site_id: "s",
    state: "waiting",
    person: { id: "p" + id, name: "", verified: false },
    assignee: null,
    step: "greeting",
    last: { by: "person", kind: "reply", text: "", at: 0 },
    unread: 0,
    waiting_since: 0,
    rank: 0,
    seq: 1,
    ...more,
  };
}
const held = (...rows: Row[]) => mergeRows(new Map(), rows);

test("a newer snapshot stands, an older one changes nothing", () => {
  const now = held(row("a", { seq: 5, unread: 2 }));
  assert.equal(mergeRows(now, [row("a", { seq: 4, unread: 9 })]).get("a")?.unread, 2);
  assert.equal(mergeRows(now, [row("a", { seq: 6, unread: 0 })]).get("a")?.unread, 0);
});

test("the same number replaces, since marks change rows without one", () => {
  const now = held(row("a", { seq: 5, unread: 2 }));
  assert.equal(mergeRows(now, [row("a", { seq: 5, unread: 0 })]).get("a")?.unread, 0);
});

test("a refused change takes back its own fields, and nothing where something newer stands", () => {
  const before = row("a", { seq: 5, unread: 1, waiting_since: 9 });
  const patch = { state: "closed", unread: 0 } as const;
  const guessed = { ...before, ...patch };
  assert.deepEqual(unpatched(guessed, before, patch), before);
  assert.deepEqual(unpatched({ ...guessed, waiting_since: 0, assignee: agent("ana") }, before, patch), { ...before, waiting_since: 0, assignee: agent("ana") });
  const newer = row("a", { seq: 6, unread: 3 });
  assert.equal(unpatched(newer, before, patch), newer);
  const read = { ...guessed, state: "open" as const };
  assert.equal(unpatched(read, before, patch).state, "open", "the server has said otherwise since");
});

test("a colleague's new name reaches the rows that are held", () => {
  const rows = held(row("a", { assignee: agent("ana") }), row("b"));
  assert.equal(renamed(rows, [agent("ana"), agent("ben")]), rows);
  const after = renamed(rows, [{ ...agent("ana"), name: "Ana Lima", status: "online" } as never]);
  assert.deepEqual([after.get("a")?.assignee, after.get("b")], [{ id: "ana", name: "Ana Lima", picture: "" }, rows.get("b")]);
});

test("in whatever order and however often snapshots come, the end is the same", () => {
  const snapshots = fc.array(fc.record({ id: fc.constantFrom("a", "b", "c"), seq: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(snapshots, fc.infiniteStream(fc.nat()), (list, noise) => {
      const rows = list.map((x) => row(x.id, { seq: x.seq }));
      const shuffled = [...rows, ...rows].map((r) => [noise.next().value, r] as const).sort((x, y) => x[0] - y[0]).map((x) => x[1]);
      const seqs = (m: ReadonlyMap<string, Row>) => [...m].map(([id, r]) => [id, r.seq]).sort();
      assert.deepEqual(seqs(mergeRows(new Map(), shuffled)), seqs(mergeRows(new Map(), rows)));
    }),
  );
});

test("each list holds what belongs to it", () => {
  const waiting = row("w");
  const mine = row("m", { state: "open", assignee: agent("me") });
  const theirs = row("t", { state: "open", assignee: agent("ana") });
  const joined = row("g", { state: "open", assignee: agent("ana"), guests: ["ben", "me"] });
  const closed = row("c", { state: "closed", assignee: agent("me") });
  const all = [waiting, mine, theirs, joined, closed];
  const ids = (list: ListName) => all.filter((r) => belongs(r, list, "me")).map((r) => r.id);
  assert.deepEqual(ids("queue"), ["w"]);
  assert.deepEqual(ids("mine"), ["m", "g"], "who is a guest answers there too");
  assert.deepEqual(ids("open"), ["w", "m", "t", "g"]);
  assert.deepEqual(ids("closed"), ["c"]);
});

test("who waits longest stands first, and nothing beyond the fetched page shows", () => {
  const rows = held(row("late", { rank: 30 }), row("first", { rank: 10 }), row("second", { rank: 20 }), row("tie", { rank: 20 }));
  assert.deepEqual(ordered(rows, "queue", "me").map((r) => r.id), ["first", "second", "tie", "late"]);
  assert.deepEqual(ordered(rows, "queue", "me", 20).map((r) => r.id), ["first", "second", "tie"]);
});

test("while the pointer rests on the list nothing moves and the new are counted", () => {
  assert.deepEqual(frozen(["new", "b", "a"], ["a", "b", "gone"]), { ids: ["a", "b", "gone"], fresh: 1 });
  assert.deepEqual(frozen(["b", "a"], null), { ids: ["b", "a"], fresh: 0 });
});

test("mine is counted from what changed of the rows that were held", () => {
  const before = held(row("a"), row("b", { seq: 2, state: "open", assignee: agent("me") }));
  const delta = (...changed: Row[]) => mineDelta(before, mergeRows(before, changed), "me");
  const taken = row("a", { seq: 2, state: "open", assignee: agent("me") });
  assert.equal(delta(taken), 1);
  assert.equal(delta(taken, row("b", { seq: 3, state: "closed", assignee: agent("me") })), 0);
  assert.equal(delta(row("b", { seq: 3, state: "open", assignee: agent("ana") })), -1);
  assert.equal(delta(row("b", { seq: 1, state: "open", assignee: agent("ana") })), 0, "an older row changes nothing");
  assert.equal(delta(row("new", { state: "open", assignee: agent("me") })), 0, "it may have been mine all along");
  assert.equal(countMine(mergeRows(before, [taken]).values(), "me"), 2);
});

test("closed rows that no list shows are let go but for the latest, and for what stands under the pointer", () => {
  const closed = Array.from({ length: 300 }, (_, i) => row(`c${i}`, { state: "closed", rank: i }));
  const all = held(row("open", { rank: 999 }), ...closed);
  assert.equal(pruned(held(...closed.slice(0, 200)), -1, []).size, 200);
  const left = pruned(all, 49, ["c299"]);
  assert.deepEqual([left.size, left.has("open"), left.has("c0"), left.has("c249"), left.has("c250"), left.has("c299")], [252, true, true, true, false, true]);
  assert.equal(pruned(all, Infinity, []), all, "a list that is held whole shows them all");
});

test("after closing, whoever waits comes before whoever merely follows", () => {
  const rows = [row("x"), row("a"), row("b", { waiting_since: 5 })];
  assert.equal(nextAfter(rows, "x"), "b");
  assert.equal(nextAfter([row("x"), row("a")], "x"), "a");
  assert.equal(nextAfter([row("x")], "x"), null);
});

test("a wait turns amber after two minutes and late after five", () => {
  assert.deepEqual([119_999, 120_000, 299_999, 300_000].map(urgency), ["fresh", "soon", "soon", "late"]);
});
