import assert from "node:assert/strict";
import { test } from "node:test";
import type { Visitor, VisitorChanges } from "../../wire/protocol";
import { frozen } from "./rows";
import { ordered, pathOf, withChanges, withoutLeft, type Held } from "./visitors";

const visitor = (id: string, since: number, more: Partial<Visitor> = {}): Visitor => ({
  id, since, page: { url: `https://shop.example/${id}`, title: `Page of ${id}`, at: since }, pages: 1, source: "", hidden: false, ...more,
});
const changes = (visitors: Visitor[], gone: string[] = [], whole = false): VisitorChanges => ({ on: true, since: 1, whole, visitors, gone });
const NOBODY: Held = new Map();

test("who comes stands on top, who changes keeps the place, who leaves goes", () => {
  let held = withChanges(NOBODY, changes([visitor("a", 1), visitor("b", 2)], [], true), null);
  held = withChanges(held, changes([visitor("a", 1, { pages: 2 }), visitor("c", 3)], ["b"]), null);
  assert.deepEqual(ordered(held, "", "all"), ["c", "a"]);
  assert.equal(held.get("a")?.pages, 2);
});

test("under the pointer no row moves: who left stays, who came is counted", () => {
  const before = withChanges(NOBODY, changes([visitor("a", 1), visitor("b", 2)], [], true), null);
  const still = ordered(before, "", "all");
  const after = withChanges(before, changes([visitor("c", 3)], ["b"]), still);
  assert.deepEqual(frozen(ordered(after, "", "all"), still), { ids: ["b", "a"], fresh: 1 });
  assert.equal(after.get("b")?.left, true);
  assert.deepEqual(ordered(withoutLeft(after), "", "all"), ["c", "a"]);
});

test("a whole answer forgets who is not in it", () => {
  const before = withChanges(NOBODY, changes([visitor("a", 1), visitor("b", 2)], [], true), null);
  assert.deepEqual([...withChanges(before, changes([visitor("a", 1)], [], true), null).keys()], ["a"]);
  assert.equal(withChanges(before, changes([visitor("a", 1)], [], true), ["b", "a"]).get("b")?.left, true);
});

test("the list is narrowed by page, name, source and whom we know", () => {
  const maria = { id: "p1", name: "Maria Lopez" };
  const held = withChanges(NOBODY, changes([visitor("a", 1, { person: maria }), visitor("b", 2, { source: "search.example" })], [], true), null);
  assert.deepEqual(ordered(held, "maria", "all"), ["a"]);
  assert.deepEqual(ordered(held, " SEARCH.", "all"), ["b"]);
  assert.deepEqual(ordered(held, "of b", "known"), []);
  assert.deepEqual(ordered(held, "", "strangers"), ["b"]);
  assert.deepEqual(ordered(held, "", "known"), ["a"]);
});

test("an address is shown as its path", () => {
  assert.equal(pathOf("https://shop.example/l%C3%A4mpchen"), "/lämpchen");
  assert.equal(pathOf("https://shop.example/%ff"), "https://shop.example/%ff");
});
