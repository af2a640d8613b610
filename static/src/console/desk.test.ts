import assert from "node:assert/strict";
import { test } from "node:test";
import type { Me, Row } from "../wire/protocol";
import { close, release, take } from "./desk";
import { rowOf, showConversation } from "./state/conversation";
import { putRow } from "./state/lists";
import { me } from "./state/session";

const ben = { id: "ben", name: "Ben", picture: "" };
let row = { id: "c", site_id: "other", seq: 1, state: "waiting", assignee: null, person: { id: "p", name: "Maria" } } as Row;
const calls: string[] = [];

/** A server that knows one conversation, of a site that is not in hand. */
globalThis.fetch = async (url, init) => {
  const path = String(url).replace("/v1/console/conversations/", "");
  calls.push(`${init?.method} ${path}`);
  if (path.endsWith("/take")) row = { ...row, seq: row.seq + 1, state: "open", assignee: ben };
  if (path.endsWith("/release")) row = { ...row, seq: row.seq + 1, state: "waiting", assignee: null };
  const view = { row, seq: 1, marks: {}, messages: [], events: [], cards: [], draft: null };
  return new Response(JSON.stringify(path === "c" ? view : row));
};

test("a conversation that stands in none of the lists here is taken and released all the same", async () => {
  Object.assign(globalThis, { document: { hidden: false } });
  me.value = { agent: ben, sites: [{ id: "s" }] } as unknown as Me;
  showConversation("c");
  await new Promise((done) => setTimeout(done, 5));
  await take("c");
  assert.deepEqual([rowOf("c")?.state, rowOf("c")?.assignee?.id], ["open", "ben"], "and its head says so");
  await release("c");
  assert.equal(rowOf("c")?.assignee, null);
  assert.deepEqual(calls, ["GET c", "POST c/take", "POST c/release"]);
});

test("closing says whether it closed, and a refused one is put back", async () => {
  const answer = (state: string) => ({ id: "d", site_id: "s", state, seq: 1, person: { id: "p", name: "Maria" }, assignee: ben }) as unknown as Row;
  putRow(answer("open"));
  globalThis.fetch = (async () => new Response('{"code":"conflict","message":"Somebody else has it."}', { status: 409 })) as typeof fetch;
  assert.equal(await close("d"), false);
  assert.equal(rowOf("d")?.state, "open");
  globalThis.fetch = (async () => new Response(JSON.stringify(answer("closed")))) as typeof fetch;
  assert.equal(await close("d"), true);
  assert.equal(rowOf("d")?.state, "closed");
  assert.equal(await close("d"), false, "it was closed already");
});
