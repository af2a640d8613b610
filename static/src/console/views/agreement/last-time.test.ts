import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationView } from "../../../wire/protocol";
import { learn } from "../../i18n";
import words from "../../i18n/agreement.json" with { type: "json" };
import { outcome } from "./last-time";

learn(words);
type Part = Pick<ConversationView, "cards" | "promises" | "events">;
const made = (part: object) => outcome({ cards: [], promises: [], events: [], ...part } as Part);

test("what was agreed last, the promise that was not kept, and what they said of it", () => {
  const got = made({
    cards: [{ state: "accepted", text: "A new lamp" }, { state: "accepted", text: "Money back" }, { state: "declined", text: "A voucher" }],
    promises: [{ whose: "ours", state: "kept", text: "Call" }, { whose: "ours", state: "broken", text: "Send it on Monday" }, { whose: "theirs", state: "broken", text: "The address" }],
    events: [
      { type: "feedback.given", feedback: { solved: "yes", rating: 5, comment: "" } },
      { type: "feedback.given", feedback: { solved: "not_yet", rating: 2, comment: "It hums." } },
      { type: "conversation.closed" },
    ],
  });
  assert.deepEqual(got, { agreed: "Money back", broken: "Send it on Monday", said: "They said it was not solved yet · 2 of 5 · “It hums.”" });
});

test("nothing to tell is nothing said", () => {
  assert.deepEqual(made({ cards: [{ state: "declined", text: "A voucher" }] }), { agreed: "", broken: "", said: "" });
});
