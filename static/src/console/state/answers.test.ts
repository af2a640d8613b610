import { test } from "node:test";
import assert from "node:assert/strict";
import type { ConversationView } from "../../wire/protocol";
import { calls, readBy, textOf } from "./answers";

const view = (said: string, url = "", title = "") =>
  ({ messages: [{ author: { kind: "person" }, text: said }, { author: { kind: "agent" }, text: "delivery" }], matter: { question: "" }, pages: url ? [{ url, title }] : [] }) as unknown as ConversationView;
const answer = { words: ["return", "send back"], pages: ["/returns"] };

test("an answer is called by whole words that the customer said", () => {
  assert.deepEqual(["How do I RETURN this?", "can I send  back, please", "it was returned", "delivery?"].map((s) => calls(answer, view(s))), [true, true, false, false]);
});

test("an answer is called by the page they are on, whole or below it", () => {
  const on = (path: string) => calls(answer, view("hm", `https://shop.example${path}`));
  assert.deepEqual(["/returns", "/returns/how?x=1", "/returns-policy", "/"].map(on), [true, true, false, false]);
  assert.equal(calls(answer, view("hm", "not an address")), false);
});

test("an answer is called by a product in the title of their page", () => {
  const on = (title: string) => calls({ words: ["copper kettle"], pages: [] }, view("Is it heavy?", "https://shop.example/p/7", title));
  assert.deepEqual([on("Copper kettle – Lumen"), on("Copper kettles")], [true, false]);
});

test("what they have read by themselves is known", () => {
  const events = [{ type: "answers.read", read: [{ id: "a", title: "How?" }] }, { type: "conversation.reopened" }] as unknown as ConversationView["events"];
  assert.deepEqual([...readBy({ events })], ["a"]);
});

test("an answer says its text filled in, with its link behind it", () => {
  assert.equal(textOf({ text: "Call {{site.phone|us}}.", link: "https://shop.example/call" }, { variables: { "site.phone": "0123" } }), "Call 0123. https://shop.example/call");
});
