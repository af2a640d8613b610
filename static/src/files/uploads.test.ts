import assert from "node:assert/strict";
import { test } from "node:test";
import type { SentFile } from "../wire/protocol-files";
import { FileLinks } from "./links";
import { disposition } from "./send";
import { FILE_BYTES, FILES_AT_MOST, Refused, Unreached, Uploads, type Going } from "./uploads";

const settle = () => new Promise((resolve) => setTimeout(resolve));
const file = (name: string, size = 3): File => ({ name, size, type: "text/plain" }) as File;
const sentAs = (name: string): SentFile => ({ id: `id-${name}`, name, type: "text/plain", size: 3 });

/** Uploads whose requests a test answers by hand. */
function bench() {
  const state = { list: [] as readonly Going[], renewed: [] as boolean[], under: [] as { name: string; done(f: SentFile): void; fail(e: Error): void; aborted: boolean }[] };
  const uploads = new Uploads({
    target: (renew) => {
      state.renewed.push(renew);
      return Promise.resolve({ url: "/", headers: {} });
    },
    send: (_, f) => {
      const request = { name: f.name, done: (_f: SentFile) => {}, fail: (_e: Error) => {}, aborted: false };
      const answer = new Promise<SentFile>((resolve, reject) => {
        request.done = resolve;
        request.fail = reject;
      });
      state.under.push(request);
      return { answer, abort: () => { request.aborted = true; request.fail(new Unreached()); } };
    },
    list: () => state.list,
    changed: (list) => { state.list = list; },
  });
  return { uploads, state, states: () => state.list.map((g) => g.state) };
}

test("files go one after the other, and all are there to be taken along", async () => {
  const { uploads, state, states } = bench();
  uploads.add([file("a"), file("b")]);
  await settle();
  assert.deepEqual(states(), ["going", "waiting"]);
  state.under[0]!.done(sentAs("a"));
  await settle();
  state.under[1]!.done(sentAs("b"));
  await settle();
  assert.deepEqual(state.list.map((g) => g.sent?.id), ["id-a", "id-b"]);
});

test("what does not fit is told and not sent", () => {
  const { uploads, state } = bench();
  const many = Array.from({ length: FILES_AT_MOST + 2 }, (_, i) => file(`f${i}`));
  const told = uploads.add([file("huge", FILE_BYTES + 1), file("nothing", 0), ...many]);
  assert.deepEqual([told.large.length, told.empty.length, told.many.length, state.list.length], [1, 1, 2, FILES_AT_MOST]);
});

test("without a connection it waits and is begun anew; a refusal keeps none of the others back", async () => {
  const { uploads, state, states } = bench();
  uploads.add([file("a"), file("b")]);
  await settle();
  state.under[0]!.fail(new Unreached());
  await settle();
  assert.deepEqual(states(), ["waiting", "waiting"]);
  assert.equal(state.under.length, 1);
  uploads.resume();
  await settle();
  state.under[1]!.fail(new Refused({ code: "too_large", message: "" }));
  await settle();
  assert.deepEqual(states(), ["failed", "going"]);
  state.under[2]!.done(sentAs("b"));
  await settle();
  uploads.retry(state.list[0]!.key);
  await settle();
  assert.deepEqual([state.under[3]!.name, ...states()], ["a", "going", "there"]);
});

test("a refused proof is renewed once, and the file goes with the next", async () => {
  const { uploads, state, states } = bench();
  uploads.add([file("a"), file("b")]);
  await settle();
  state.under[0]!.fail(new Refused({ code: "token_expired", message: "" }));
  await settle();
  assert.deepEqual(states(), ["waiting", "waiting"]);
  uploads.resume();
  await settle();
  state.under[1]!.done(sentAs("a"));
  await settle();
  assert.deepEqual(state.renewed, [false, true, false]);
});

test("one that is taken out under way is given up, and the next goes", async () => {
  const { uploads, state, states } = bench();
  uploads.add([file("a"), file("b")]);
  await settle();
  uploads.remove(state.list[0]!.key);
  await settle();
  assert.equal(state.under[0]!.aborted, true);
  assert.deepEqual([state.under[1]!.name, ...states()], ["b", "going"]);
});

test("a name travels whole where it fits, and keeps its ending where it does not", () => {
  assert.equal(disposition("my cup (1).png"), "attachment; filename*=UTF-8''my%20cup%20%281%29.png");
  assert.equal(disposition("صورة\ud800.png"), `attachment; filename*=UTF-8''${encodeURIComponent("صورة.png")}`);
  const long = disposition("ж".repeat(400) + ".docx");
  assert.ok(long.endsWith(".docx") && long.length < 800, long);
});

test("links of one moment are asked for in one call and kept while they last", async () => {
  const calls: string[][] = [];
  let now = 0;
  const links = new FileLinks((ids) => {
    calls.push([...ids]);
    return Promise.resolve(ids.filter((id) => id !== "gone").map((id) => ({ id, url: `/f/${id}`, expires_at: now + 900_000 })));
  }, () => now);
  assert.deepEqual(await Promise.all([links.get("a"), links.get("b"), links.get("gone")]), ["/f/a", "/f/b", null]);
  assert.equal(await links.get("a"), "/f/a");
  assert.deepEqual(calls, [["a", "b", "gone"]]);
  now = 880_000;
  await links.get("a");
  assert.equal(calls.length, 2);
});

test("a link that is not given again is forgotten, and one that failed is asked for anew", async () => {
  let now = 0;
  let gone = false;
  let calls = 0;
  const links = new FileLinks((ids) => {
    calls++;
    return Promise.resolve(gone ? [] : ids.map((id) => ({ id, url: `/f/${id}/${calls}`, expires_at: now + 900_000 })));
  }, () => now);
  await links.get("a");
  links.drop("a");
  assert.equal(await links.get("a"), "/f/a/2");
  now = 880_000;
  gone = true;
  assert.equal(await links.get("a"), null);
});

test("what the server has already comes along once, as far as there is room", async () => {
  const { uploads, state, states } = bench();
  assert.deepEqual(uploads.bring([sentAs("form"), sentAs("map")]), []);
  assert.deepEqual(uploads.bring([sentAs("form")]), []);
  assert.deepEqual(states(), ["there", "there"]);
  uploads.add([file("a"), file("b")]);
  assert.deepEqual(uploads.bring([sentAs("plan"), sentAs("list")]).map((f) => f.name), ["list"]);
  await settle();
  assert.deepEqual(state.under.map((r) => r.name), ["a"]);
});
