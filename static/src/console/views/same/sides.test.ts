import assert from "node:assert/strict";
import { test } from "node:test";
import type { SamePerson } from "../../../wire/protocol";
import { fromWhom, mayChoose } from "./sides";

const side = (id: string, first_seen_at: number, may_stay: boolean) => ({ person: { id, first_seen_at }, may_stay }) as SamePerson;

test("who is known longer stays, unless only the other may", () => {
  assert.equal(mayChoose([side("new", 20, true), side("old", 10, true)]), "old");
  assert.equal(mayChoose([side("new", 20, true), side("old", 10, false)]), "new");
  assert.equal(mayChoose([side("new", 20, false), side("old", 10, false)]), "");
});

test("nobody leads to one who may not stay", () => {
  const [a, b] = [side("a", 1, true), side("b", 2, false)];
  assert.deepEqual(fromWhom([a, b], "a"), { stays: a, goes: b });
  assert.equal(fromWhom([a, b], "b"), null);
  assert.equal(fromWhom([a, b], ""), null);
});
