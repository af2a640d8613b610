import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentFrame, SentFile } from "../../wire/protocol";
import { unfollowed } from "./agreement";
import { attachAgain, attachedTo } from "./attached";
import { forgetAgent } from "./leaving";
import { attach } from "./link";
import { draftOf, setDraft, startedFrom } from "./drafts";
import { confirmed, openOutbox, pending, post, takeBack } from "./outbox";

/** A browser's storage, so that a second outbox finds what the first left. */
globalThis.localStorage = new Proxy({} as Record<string, string>, {
  get: (held, key: string) =>
    ({ getItem: (k: string) => held[k] ?? null, setItem: (k: string, v: string) => void (held[k] = v), removeItem: (k: string) => delete held[k] })[key] ?? held[key],
}) as never;

function wire() {
  const sent: string[] = [];
  attach({ send: (f: AgentFrame) => f.type === "post" && sent.push(f.client_id) > 0, restart: () => {} } as never);
  return sent;
}

test("a conversation is closed when the server has its last message, and not before", () => {
  const sent = wire();
  const box = openOutbox("ana");
  post("c1", "reply", "Anything else?");
  post("c1", "reply", "Goodbye!", { thenClose: true });
  assert.equal(sent.length, 0, "offline nothing goes");
  box.up();
  assert.equal(confirmed(sent[0]!), "", "the first of two closes nothing");
  assert.equal(confirmed(sent[1]!), "c1");
  assert.equal(confirmed(sent[1]!), "", "its event after its ack closes nothing again");
  box.down();
});

test("a refused message closes nothing; sent after all, after a reload too, it does", () => {
  const sent = wire();
  let box = openOutbox("ben");
  post("c2", "reply", "Goodbye {{name}}", { thenClose: true });
  box.up();
  box.refused(sent[0]!, { code: "placeholder_left", message: "" });
  assert.equal(pending.value.length, 1);
  box.down();
  box = openOutbox("ben");
  box.retry(sent[0]!);
  box.up();
  assert.equal(sent.length, 2);
  assert.equal(confirmed(sent[1]!), "c2");
  box.down();
});

test("a refused message is taken back above what is being written, and a note never becomes a reply", () => {
  const sent = wire();
  const box = openOutbox("noor");
  box.up();
  const refuse = (id: string, kind: "reply" | "note", text: string) => {
    post(id, kind, text, { templates: ["t0", "t1"] });
    box.refused(sent.at(-1)!, { code: "invalid", message: "" });
    takeBack(pending.value.at(-1)!);
    return draftOf(id);
  };
  setDraft("c3", { text: "And the invoice?" });
  assert.deepEqual([refuse("c3", "reply", "Your order").text, pending.value.length], ["Your order\nAnd the invoice?", 0]);
  assert.equal(startedFrom.get("c3"), undefined, "what stands there started from nothing");
  assert.equal(refuse("c3", "note", "She is upset").kind, "note");
  assert.equal(refuse("c3", "reply", "Hello").kind, "note", "what holds a note stays with the team");
  assert.equal(refuse("c4", "reply", "Hello").kind, "reply");
  assert.deepEqual(startedFrom.get("c4"), ["t0", "t1"]);
  box.down();
});

test("a refused message is taken back with its files, before those that wait there", () => {
  const sent = wire();
  const box = openOutbox("files");
  box.up();
  const file = (id: string) => ({ id, name: `${id}.png`, type: "image/png", size: 1 }) as SentFile;
  post("c5", "reply", "", { files: [file("f1"), file("f2")] });
  box.refused(sent.at(-1)!, { code: "invalid", message: "" });
  attachAgain("c5", [file("f2"), file("f3")]);
  takeBack(pending.value.at(-1)!);
  assert.deepEqual([attachedTo("c5").map((g) => g.sent?.id), draftOf("c5").text], [["f1", "f2", "f3"], ""]);
  forgetAgent();
  assert.equal(attachedTo("c5").length, 0, "they are not the next agent's");
  box.down();
});

test("that no follow-up is wanted lasts through a reload with the message that closes", () => {
  const sent = wire();
  openOutbox("ida");
  post("c6", "reply", "Goodbye!", { thenClose: true, noFollowUp: true });
  const box = openOutbox("ida");
  box.up();
  assert.equal(unfollowed.has("c6"), false);
  assert.equal(confirmed(sent.at(-1)!), "c6");
  assert.ok(unfollowed.has("c6"));
  box.down();
});
