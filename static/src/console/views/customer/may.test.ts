import assert from "node:assert/strict";
import { test } from "node:test";
import type { Agent, PersonNote } from "../../../wire/protocol";
import { mayRemove } from "./may";

const note = { id: "n", text: "Has two cats", at: 1, by: { kind: "agent", id: "ben", name: "Ben" } } as PersonNote;

test("agents remove their own notes, those above them anybody's", () => {
  const removes = (id: string, role: string) => mayRemove(note, { id, role } as Agent);
  assert.equal(removes("ben", "agent"), true);
  assert.equal(removes("carla", "agent"), false);
  for (const role of ["supervisor", "admin", "owner"]) assert.equal(removes("carla", role), true, role);
});
