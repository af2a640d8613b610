import assert from "node:assert/strict";
import { test } from "node:test";
import type { Me, Permission, PersonNote } from "../../../wire/protocol";
import { mayRemove } from "./may";

const note = { id: "n", text: "Has two cats", at: 1, by: { kind: "agent", id: "ben", name: "Ben" } } as PersonNote;

test("everybody removes their own notes, those who may anybody's", () => {
  const removes = (id: string, may: Permission[]) => mayRemove(note, { agent: { id }, may } as unknown as Me);
  assert.equal(removes("ben", []), true);
  assert.equal(removes("carla", ["person.change"]), false);
  assert.equal(removes("carla", ["note.remove"]), true);
});
