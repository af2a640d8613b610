import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationEvent, ConversationView, Message } from "../../../wire/protocol";
import { me } from "../../state/session";
import { putAside, whispersIn } from "./whispers";
import { now } from "../../state/clock";

const card = (id: string) => ({ id, name: id.toUpperCase(), picture: "" });
const note = (seq: number): Message => ({
  id: `n${seq}`, conversation_id: "c", client_id: `c${seq}`, kind: "note", author: { kind: "agent", id: "sam", name: "SAM" }, text: `words ${seq}`, at: now.value, seq,
});
const whisper = (seq: number, to: string, at = now.value): ConversationEvent => ({
  seq, prev: seq - 1, at, type: "whisper.sent", agent: card(to), by: { kind: "agent", id: "sam", name: "SAM" }, message_id: `n${seq - 1}`,
});

function view(events: ConversationEvent[], assignee = "ann", state = "open"): ConversationView {
  const messages = events.map((e) => note(e.seq - 1));
  return { row: { id: "c", state, assignee: card(assignee) }, events, messages } as unknown as ConversationView;
}

test("a whisper is shown to whom it was for, while it is theirs, new and not put aside", () => {
  me.value = { agent: { id: "ann" } } as typeof me.value;
  const both = [whisper(3, "ann"), whisper(5, "ben"), whisper(7, "ann")];
  assert.deepEqual(whispersIn(view(both)).map((w) => w.text), ["words 2", "words 6"]);
  assert.deepEqual(whispersIn(view(both, "ben")), []);
  assert.deepEqual(whispersIn(view(both, "ann", "closed")), []);
  assert.deepEqual(whispersIn(view([whisper(3, "ann", now.value - 3_600_000)])), []);
  putAside("c", 3);
  assert.deepEqual(whispersIn(view(both)).map((w) => w.seq), [7]);
  putAside("c", 7);
  assert.deepEqual(whispersIn(view(both)), []);
});
