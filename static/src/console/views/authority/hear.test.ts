import assert from "node:assert/strict";
import { test } from "node:test";
import type { Grant, Me } from "../../../wire/protocol";
import { me } from "../../state/session";
import { lendNotes } from "../../state/toasts";
import { hearGrant } from "./hear";

test("whoever asked hears how it ended, also after the customer was promised word", () => {
  const notes: string[] = [];
  lendNotes((note) => notes.push(note.title));
  me.value = { agent: { id: "ben", role: "agent" }, sites: [], may: ["grant.give"] } as unknown as Me;
  const hear = (state: string, promise = "") => {
    notes.length = 0;
    hearGrant({ id: "g", conversation_id: "c", state, promise_id: promise, by: { id: "ben" }, unit: "none", name: "A new bowl", words: "" } as unknown as Grant);
    return notes;
  };
  assert.deepEqual(hear("unanswered"), ["grant_nobody"]);
  assert.deepEqual(hear("unanswered", "p"), [], "they promised it themselves");
  assert.deepEqual(hear("given", "p"), ["grant_approved"]);
  assert.deepEqual(hear("refused", "p"), ["grant_refused_by"]);
  me.value = { agent: { id: "ana", role: "owner" }, sites: [], may: ["grant.decide"] } as unknown as Me;
  assert.deepEqual(hear("given"), []);
});
