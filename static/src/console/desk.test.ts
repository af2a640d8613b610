import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "../wire/protocol";
import { close } from "./desk";
import { putRow } from "./state/lists";
import { rowOf } from "./state/conversation";

test("closing says whether it closed, and a refused one is put back", async () => {
  const row = (state: string) => ({ id: "c", state, seq: 1, matter: {}, person: { id: "p", name: "Maria" }, assignee: { id: "ana", name: "Ana" } }) as unknown as Row;
  putRow(row("open"));
  globalThis.fetch = (async () => new Response('{"code":"conflict","message":"Somebody else has it."}', { status: 409 })) as typeof fetch;
  assert.equal(await close("c"), false);
  assert.equal(rowOf("c")?.state, "open");
  globalThis.fetch = (async () => new Response(JSON.stringify(row("closed")))) as typeof fetch;
  assert.equal(await close("c"), true);
  assert.equal(rowOf("c")?.state, "closed");
  assert.equal(await close("c"), false, "it was closed already");
});
