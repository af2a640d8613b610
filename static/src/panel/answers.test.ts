import { test } from "node:test";
import assert from "node:assert/strict";
import { called, fitting, Reading, SHOWN } from "./answers";

const answer = (id: string, words: string[] = [], pages: string[] = []) => ({ id, words, pages });
const page = (path: string, title = "") => ({ url: `https://shop.example${path}`, title });

test("a page calls for an answer by its path, and by whole words of its title or path", () => {
  const a = answer("a", ["copper kettle", "returns"], ["/delivery"]);
  const on = (path: string, title?: string) => called(a, page(path, title));
  assert.deepEqual([on("/delivery"), on("/delivery/abroad?x=1"), on("/delivery-slots"), on("/")], [true, true, false, false]);
  assert.deepEqual([on("/p/7", "Copper kettle – Lumen"), on("/p/7", "Copper kettles"), on("/copper-kettle"), on("/returns")], [true, false, true, true]);
});

test("what the page calls for stands first, the rest in the owner's order, and no more than six", () => {
  const list = ["a", "b", "c", "d", "e", "f", "g", "h"].map((id) => answer(id, [], id === "h" ? ["/cart"] : []));
  const ids = (where: Parameters<typeof fitting>[1]) => fitting(list, where).map((a) => a.id).join("");
  assert.equal(ids(page("/cart")), "habcde");
  assert.equal(ids(page("/")), "abcdef");
  assert.equal(ids(null), "abcdef", "a page that is not told calls for nothing");
  assert.equal(fitting(list, null).length, SHOWN);
});

/** A server that notes what it is told; answers: what it has, or null while it is out of reach. */
function server(answers: unknown[] | null) {
  const told: string[] = [];
  globalThis.fetch = (async (url: string, init?: RequestInit) => {
    told.push(`${init?.method ?? "GET"} ${url} ${(init?.body as string | undefined) ?? ""}`.trim());
    if (!answers) throw new TypeError("offline");
    return Response.json({ answers });
  }) as typeof fetch;
  return told;
}

test("an answer is counted once however often it is opened, and goes along with the next words", () => {
  const told = server([]);
  const r = new Reading("k/1");
  r.turn("a");
  assert.deepEqual([r.open.value, r.asked.value], ["a", "a"]);
  r.turn("a");
  assert.equal(r.open.value, "", "the same button folds it");
  r.turn("a");
  r.turn("b");
  assert.deepEqual([r.open.value, r.asked.value], ["b", "a"], "only at the first is asked whether it helped");
  assert.deepEqual(r.take(), ["a", "b"]);
  r.turn("a");
  assert.equal(r.take(), undefined, "what a message took along is not told again");
  r.help("a");
  assert.deepEqual(told, ["a", "b", "a"].map((id, i) => `POST /v1/widget/answers/${id}/open {"site":"k/1","helped":${i === 2}}`));
});

test("no message names more than twelve", () => {
  server([]);
  const r = new Reading("k");
  for (let i = 0; i < 20; i++) r.turn(`${i}`);
  const read = r.take()!;
  assert.deepEqual([read.length, read.at(-1)], [12, "19"]);
});

test("out of reach it says so, and comes when asked again", async () => {
  server(null);
  const r = new Reading("k 1");
  await r.fetch();
  assert.deepEqual([r.list.value, r.missing.value], [null, true]);
  const told = server([answer("a")]);
  await r.fetch();
  assert.deepEqual([r.list.value?.length, r.missing.value, told], [1, false, ["GET /v1/widget/answers?site=k%201"]]);
});
