import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { api, type ApiError, whenSignedOut } from "./api";

let answer: (init: RequestInit) => Promise<Response>;
globalThis.fetch = async (_, init) => answer(init!);
const failure = async (call: Promise<unknown>) => call.then(() => assert.fail("it went well"), (err: ApiError) => err);

test("a failure has the server's words; a proxy's page and silence have ours", async () => {
  answer = async () => new Response(JSON.stringify({ code: "conflict", message: "Ben has it.", field: "from" }), { status: 409 });
  const { status, code, message, field } = await failure(api.post("x"));
  assert.deepEqual([status, code, message, field], [409, "conflict", "Ben has it.", "from"]);
  answer = async () => new Response("<h1>Bad gateway</h1>", { status: 502 });
  assert.match((await failure(api.get("x"))).message, /No connection/);
  answer = async () => Promise.reject(new TypeError("no network"));
  const offline = await failure(api.get("x"));
  assert.equal(offline.code, "offline");
  assert.match(offline.message, /No connection/);
});

test("an answer that never comes is given up, in its middle too", async () => {
  mock.method(AbortSignal, "timeout", () => AbortSignal.abort());
  answer = async ({ signal }) => new Response(new ReadableStream({ start: (body) => signal!.aborted && body.error(signal!.reason) }));
  assert.equal((await failure(api.get("x"))).code, "offline");
  mock.restoreAll();
});

test("the end of the session is told once, and not to those who only asked", async () => {
  let told = 0;
  whenSignedOut(() => told++);
  answer = async () => new Response(JSON.stringify({ code: "unauthorized", message: "Please sign in." }), { status: 401 });
  await failure(api.ask("me"));
  assert.equal(told, 0);
  await failure(api.get("me"));
  assert.equal(told, 1);
});
