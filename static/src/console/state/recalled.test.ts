import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationView } from "../../wire/protocol";
import { recalledNote, waveNote } from "./recalled";

type View = Parameters<typeof recalledNote>[1];
const kept = new Map<string, string>();
Object.assign(globalThis, { localStorage: { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => kept.set(k, v), removeItem: (k: string) => kept.delete(k) } });

const note = (id: string, at: number, text = "Her mum turned eighty.") => ({ id, text, at, by: { kind: "agent", id: "a", name: "Ana" } });
const view = (part: object): View => ({ notes: [note("n", 5)], messages: [{ at: 10 }], events: [], more: false, row: { state: "open" }, ...part }) as unknown as ConversationView;

test("the latest note from before this visit comes up", () => {
  assert.equal(recalledNote("c", view({ notes: [note("now", 12), note("last", 9), note("old", 1)] }))?.id, "last");
  assert.equal(recalledNote("c", view({ notes: [note("now", 12)] })), null, "what was noted in this visit is known");
  assert.equal(recalledNote("c", view({ notes: [note("now", 12)], events: [{ type: "conversation.reopened", at: 20 }] }))?.id, "now", "opened again it is another visit");
});

test("nothing comes up where the visit is over or began longer ago than is held, nor a long note", () => {
  assert.equal(recalledNote("c", view({ row: { state: "closed" } })), null);
  assert.equal(recalledNote("c", view({ more: true })), null);
  assert.equal(recalledNote("c", view({ notes: [note("n", 5, "x".repeat(201))] })), null);
});

test("sent away, it stays away in this conversation alone", () => {
  waveNote("c", view({}).notes[0]!);
  assert.equal(recalledNote("c", view({})), null);
  assert.equal(recalledNote("another", view({}))?.id, "n");
});
