import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message } from "../../wire/protocol";
import { latestReplies, unpromised } from "./said";

const HOUR = 3_600_000;
const now = 100 * HOUR;

test("an agent's own latest replies are read again, as long as they may matter", () => {
  const said = (id: string, text: string, at: number, author = "ana", kind: Message["kind"] = "reply") => ({ id, text, at, kind, author: { kind: "agent", id: author } }) as Message;
  const messages = [
    said("old", "I'll send it tomorrow.", now - 25 * HOUR),
    said("early", "I'll call you on Monday.", now - 3 * HOUR),
    said("note", "I'll tell Ben about it.", now - 3 * HOUR, "ana", "note"),
    said("bens", "I'll look at it by noon.", now - 2 * HOUR, "ben"),
    said("one", "We will write to you by five.", now - 2 * HOUR),
    said("two", "Thank you for waiting so long.", now - HOUR),
    said("three", "I'll ask the potter today.", now),
  ];
  assert.deepEqual(latestReplies({ messages }, "ana", now).map((m) => m.id), ["one", "three"]);
});

test("what was promised, waved away or is too late is offered no more", () => {
  const found = (text: string, due_at: number) => ({ text, due_at, words: "" });
  const all = [found("I'll call you", now + HOUR), found("I'll send it", now + 2 * HOUR), found("I'll write", now + 5 * HOUR), found("I'll check", 0), found("we will look", now - 1), found("I'll ask", now + 9 * HOUR)];
  const promises = [
    { whose: "ours", text: "call you", due_at: now + 7 * HOUR },
    { whose: "ours", text: "get it onto the van", due_at: now + 2 * HOUR + 1000 },
    { whose: "theirs", text: "ask", due_at: now + 9 * HOUR },
  ] as const;
  assert.deepEqual(unpromised(all, promises, ["I'll check"], now).map((f) => f.text), ["I'll write", "I'll ask"]);
});
