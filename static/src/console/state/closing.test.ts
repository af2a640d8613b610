import assert from "node:assert/strict";
import { test } from "node:test";
import type { Card, CustomerPromise, Template } from "../../wire/protocol";
import { farewells, inWorkingDays, stillOpen } from "./closing";

const at = (y: number, m: number, d: number, h = 0) => new Date(y, m - 1, d, h).getTime();

test("a later word comes at ten on a working day", () => {
  assert.equal(inWorkingDays(1, at(2026, 11, 17, 23)), at(2026, 11, 18, 10), "Tuesday night → Wednesday");
  assert.equal(inWorkingDays(1, at(2026, 11, 20, 9)), at(2026, 11, 23, 10), "Friday → Monday");
  assert.equal(inWorkingDays(1, at(2026, 11, 21, 9)), at(2026, 11, 23, 10), "Saturday → Monday");
  assert.equal(inWorkingDays(2, at(2026, 11, 19, 9)), at(2026, 11, 23, 10), "Thursday → Monday");
});

const template = (id: string, fit: Template["fit"] = {}, steps: Template["steps"] = ["closing"]) => ({ id, title: id, steps, fit, uses: 0 }) as Template;
const view = { matter: { step: "delivering", type: "complaint", mood: "" }, person: { segment: "", attributes: [] } } as unknown as Parameters<typeof farewells>[2];

test("thanks that fit the customer come first, those made for others or for who knows whom not at all", () => {
  const all = [template("plain"), template("sorry", { types: ["complaint"] }), template("praise", { types: ["compliment"] }), template("regular", { segments: ["existing"] }), template("door"), template("both"), template("unread")];
  const words = [
    ...["plain", "sorry", "praise", "regular"].map((template_id) => ({ template_id, thanks: true, invites: false })),
    { template_id: "door", thanks: false, invites: true },
    { template_id: "both", thanks: true, invites: true },
    { template_id: "gone", thanks: true, invites: true },
  ];
  const { thanks, invitations } = farewells(words, all, view);
  assert.deepEqual(thanks.map((x) => x.id), ["sorry", "both", "plain"]);
  assert.deepEqual(invitations.map((x) => x.id), ["door"]);
});

test("what is still open are promises of both sides, cards without an answer, matters left", () => {
  const promise = (id: string, state: string, due_at: number) => ({ id, state, due_at, next_at: 0 }) as CustomerPromise;
  const card = (id: string, state: string) => ({ id, state }) as Card;
  const open = stillOpen(
    { promises: [promise("later", "open", 2), promise("kept", "kept", 0), promise("soon", "open", 1)], cards: [card("c1", "accepted"), card("c2", "sent")] },
    [{ id: "m1", need: "An invoice", number: 2, step: "agreeing" }],
  );
  assert.deepEqual([open.promises.map((p) => p.id), open.cards.map((c) => c.id), open.matters.length], [["soon", "later"], ["c2"], 1]);
});
