import assert from "node:assert/strict";
import { test } from "node:test";
import type { Consult } from "../../../wire/protocol";
import { aside, consults } from "../../state/consults";
import { forgetAgent } from "../../state/leaving";
import { begun, cards, write } from "./begun";

const q = (id: string, asked_at: number) => ({ id, asked_at }) as Consult;
const shown = () => cards.value.map((c) => c.id).join("");

test("an answer that was begun keeps its card when the question goes, in its place, until the words are gone", () => {
  consults.value = { for_me: [q("a", 1), q("b", 2), q("c", 3)], mine: [] };
  write(q("b", 2), "Two are ");
  write(q("c", 3), " ");
  consults.value = { for_me: [q("a", 1)], mine: [] };
  consults.value = { for_me: [q("a", 1), q("d", 4)], mine: [] };
  assert.equal(shown(), "abd");
  write(q("b", 2), "");
  assert.equal(shown(), "ad");
});

test("nothing begun comes back that was put aside, or by whoever signs in next", () => {
  write(q("e", 5), "Let me see");
  aside.value = new Set(["e", "a"]);
  assert.equal(shown(), "d");
  forgetAgent();
  assert.equal(begun.value.size, 0);
  assert.equal(shown(), "");
});
