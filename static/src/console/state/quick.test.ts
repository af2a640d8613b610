import { test } from "node:test";
import assert from "node:assert/strict";
import type { Answer, Me } from "../../wire/protocol";
import { answers, fetchAnswers, held } from "./answers";
import { move, moved } from "./quick";
import { me } from "./session";

const list = (ids: string) => [...ids].map((id) => ({ id }) as Answer);
const ids = (of: readonly Answer[]) => of.map((a) => a.id).join("");

test("one of a list takes another place, and the others keep theirs", () => {
  assert.deepEqual(["a", "b", "d"].map((id) => ids(moved(list("abcd"), id, 2))), ["bcad", "acbd", "abdc"]);
  assert.equal(ids(moved(list("abcd"), "a", 0)), "abcd");
});

test("moves are kept one after another, and nothing older is shown meanwhile", async () => {
  me.value = { sites: [{ id: "s" }] } as Me;
  let kept = "abc";
  const orders: string[] = [];
  let go: () => void = () => {};
  const gate = new Promise<void>((open) => (go = open));
  globalThis.fetch = (async (_url: string, init?: RequestInit) => {
    if (init?.method !== "PUT") return Response.json({ answers: list(kept), standards: [] });
    await gate;
    kept = (JSON.parse(init.body as string) as { ids: string[] }).ids.join("");
    orders.push(kept);
    return Response.json({ answers: list(kept) });
  }) as typeof fetch;
  answers.value = list("abc");
  const both = [move("c", 0), move("c", 1)];
  assert.equal(ids(answers.value), "acb");
  await fetchAnswers();
  assert.equal(ids(answers.value), "acb", "the old order does not come back");
  go();
  await Promise.all(both);
  assert.deepEqual([orders, held.value, ids(answers.value)], [["cab", "acb"], 0, "acb"]);
});
