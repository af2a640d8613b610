import assert from "node:assert/strict";
import { test } from "node:test";
import type { Card, ConversationEvent, ConversationView, CustomerPromise } from "../../wire/protocol";
import { agreedInWords, cardBody, emptyCard, missing, worthA } from "./cards";
import { withFound, withSaid, type Chip } from "./chips";
import { asPromise, worthAsking } from "./commitments";
import { applyEvents, lines } from "./thread";

const draft = { ...emptyCard("Which one?"), client_id: "c-12345678" };

test("a summary is only its words, whatever else was begun", () => {
  assert.deepEqual(cardBody("summary", { ...draft, limits: "none", our_part: "send it" }), { client_id: "c-12345678", kind: "summary", text: "Which one?" });
});

test("a proposal sends what was filled in, with keys of its own for the options", () => {
  const full = { ...draft, options: [{ key: "", title: "New", detail: "" }, { key: "", title: " ", detail: "x" }, { key: "", title: "Old", detail: "y" }], our_part: "send it", our_due: 9, your_part: " ", your_due: 8 };
  assert.deepEqual(cardBody("proposal", full), {
    client_id: "c-12345678", kind: "proposal", text: "Which one?", our_part: "send it", our_due: 9,
    options: [{ key: "option-1", title: "New", detail: "" }, { key: "option-2", title: "Old", detail: "y" }],
  });
});

test("what is missing is named: words, a second option, a time for what is promised", () => {
  const one = [{ key: "", title: "New", detail: "" }, { key: "", title: "", detail: "" }];
  assert.equal(missing("proposal", { ...draft, text: "  " }), "text");
  assert.equal(missing("proposal", { ...draft, options: one }), "options");
  assert.equal(missing("proposal", { ...draft, our_part: "send it" }), "our_due");
  assert.equal(missing("proposal", { ...draft, your_part: "a picture" }), "your_due");
  assert.equal(missing("proposal", draft), "");
  assert.equal(missing("summary", { ...draft, our_part: "send it" }), "");
});

const talk = (type: string, step: string, texts: string[], cards: Partial<Card>[] = []) =>
  worthA({ matter: { id: "m", type, step }, cards, row: { state: "open" }, messages: texts.map((text) => ({ text, author: { kind: "person" } })) } as unknown as ConversationView);

test("a card is suggested for complaints, money and long talks, once, and never for a plain question", () => {
  assert.equal(talk("question", "understanding", ["Are you open on Sunday?"]), "");
  assert.equal(talk("complaint", "understanding", ["It broke"]), "summary");
  assert.equal(talk("question", "understanding", ["You charged me twice"]), "summary");
  assert.equal(talk("request", "understanding", Array<string>(8).fill("and another thing")), "summary");
  assert.equal(talk("complaint", "agreeing", ["It broke"]), "proposal");
  assert.equal(talk("complaint", "understanding", ["It broke"], [{ kind: "summary", matter_id: "m" }]), "");
  assert.equal(talk("complaint", "greeting", ["It broke"]), "");
});

test("a yes in words is offered for the card that waits, and only for words after it", () => {
  const view = (state: string, by: string, card: Partial<Card>, at = 5) =>
    agreedInWords({
      matter: { id: "m", progress: [{ what: "step", state, by, cause: "yes" }] }, cards: [{ id: "c", matter_id: "m", state: "sent", sent_at: 3, ...card }],
      row: { state: "open" }, messages: [{ id: "yes", at, author: { kind: "person" } }],
    } as unknown as ConversationView)?.card.id;
  assert.equal(view("delivering", "system", { kind: "proposal" }), "c");
  assert.equal(view("agreeing", "system", { kind: "summary" }), "c");
  assert.equal(view("delivering", "system", { kind: "summary" }), undefined);
  assert.equal(view("delivering", "agent", { kind: "proposal" }), undefined);
  assert.equal(view("delivering", "system", { kind: "proposal", state: "accepted" }), undefined);
  assert.equal(view("delivering", "system", { kind: "proposal" }, 2), undefined);
});

test("only words that could commit are asked about", () => {
  for (const text of ["I'll get back to you", "We will send it by Friday", "Let me check with Ben"]) assert.equal(worthAsking(text), true, text);
  for (const text of ["Thank you for waiting", "I'll", "Will you be there?"]) assert.equal(worthAsking(text), false, text);
});

test("a promise says what is done, without who says it", () => {
  assert.deepEqual(["I'll call the potter", "We will send it", "illustrate it", "I will"].map(asPromise), ["call the potter", "send it", "illustrate it", "I will"]);
});

test("what was decided of a commitment stays while its words stand, and what was said stays said", () => {
  const found = { text: "send it", due_at: 5, words: "by five" };
  const chips: Chip[] = [
    { ...found, client_id: "1", state: "armed" },
    { client_id: "2", text: "call you", due_at: 0, words: "", state: "open" },
    { client_id: "3", text: "check", due_at: 3, words: "", state: "said" },
  ];
  assert.deepEqual(withFound(chips, [found, { text: "call you", due_at: 0, words: "" }]).map((c) => [c.text, c.state, c.client_id]), [["check", "said", "3"], ["send it", "armed", "1"], ["call you", "open", "2"]]);
  assert.deepEqual(withFound(chips, []).map((c) => c.text), ["check"]);
});

test("what is heard of a reply only when it has gone is offered, but for what was decided before", () => {
  const found = (text: string) => ({ text, due_at: 5, words: "by five" });
  const chips: Chip[] = [{ ...found("send it"), client_id: "1", state: "said" }];
  const after = withSaid(chips, ["send it", "call you", "wave", "hold"].map(found), ["send it", "wave"]);
  assert.deepEqual(after.map((c) => [c.text, c.state]), [["send it", "said"], ["call you", "said"], ["hold", "said"]]);
  assert.deepEqual(withSaid(chips, []), chips);
});

test("cards and promises follow their events, stand in the thread where they came, and an answer is no line", () => {
  const card = { id: "k", conversation_id: "c", matter_id: "m", kind: "summary", state: "sent", sent_at: 1 } as Card;
  const promise = { id: "p", conversation_id: "c", matter_id: "m", whose: "ours", state: "open", due_at: 9, ended_at: 0 } as CustomerPromise;
  const events: ConversationEvent[] = [
    { type: "card.sent", card, seq: 1, prev: 0, at: 1 },
    { type: "card.answered", card: { ...card, state: "confirmed" }, seq: 2, prev: 1, at: 2 },
    { type: "promise.made", promise, seq: 3, prev: 2, at: 3 },
    { type: "promise.kept", promise: { ...promise, state: "kept", ended_at: 4 }, seq: 4, prev: 3, at: 4 },
  ];
  const marks = { person_delivered: 0, person_read: 0, agent_delivered: 0, agent_read: 0 };
  const view = applyEvents({ messages: [], events: [], cards: [], promises: [], seq: 0, marks } as unknown as ConversationView, events);
  assert.deepEqual([view.cards[0]?.state, view.promises[0]?.state], ["confirmed", "kept"]);
  const shown = lines({ messages: [], events: view.events, pending: [], marks, me: { kind: "agent", id: "a", name: "" }, newAfter: Infinity });
  assert.deepEqual(shown.flatMap((l) => (l.event ? [l.event.type] : [])), ["card.sent", "promise.made", "promise.kept"]);
});

test("what was read again changes the matter and leaves its ticks alone", () => {
  const matter = { id: "m", need: "", mood: "", progress: [{ id: "x" }] };
  const read = { type: "matter.read", matter_id: "m", matter: { ...matter, need: "a lamp", mood: "upset", progress: [] }, seq: 1, prev: 0, at: 1 };
  const { matter: after } = applyEvents({ messages: [], events: [], cards: [], promises: [], seq: 0, matter } as unknown as ConversationView, [read as unknown as ConversationEvent]);
  assert.deepEqual([after.need, after.mood, after.progress.length], ["a lamp", "upset", 1]);
});

test("another matter becomes the current one as it is told", () => {
  const turned = { type: "matter.turned", matter_id: "m2", matter: { id: "m2", need: "an invoice", progress: [] }, seq: 1, prev: 0, at: 1 };
  const { matter: after } = applyEvents({ messages: [], events: [], cards: [], promises: [], seq: 0, matter: { id: "m", progress: [] } } as unknown as ConversationView, [turned as unknown as ConversationEvent]);
  assert.deepEqual([after.id, after.need], ["m2", "an invoice"]);
});
