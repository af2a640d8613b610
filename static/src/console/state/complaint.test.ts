import assert from "node:assert/strict";
import { test } from "node:test";
import type { Me } from "../../wire/protocol";
import { fetchComplaints, fetchMoreComplaints, listed, refreshComplaints, shows } from "./complaint";
import { chooseSite, me } from "./session";

/** A server with three complaints per site, one to a page; hold keeps its answers back. */
const asked: string[] = [];
let hold: Promise<void> = Promise.resolve();
globalThis.fetch = (async (url: string) => {
  const query = new URLSearchParams(url.split("?")[1]);
  const at = Number(query.get("after") ?? "0");
  asked.push(`${query.get("site")} ${at}`);
  await hold;
  return new Response(JSON.stringify({ complaints: [{ id: `${query.get("site")}${at}` }], next: at < 2 ? String(at + 1) : "" }));
}) as typeof fetch;

const shown = () => listed.value.complaints.map((c) => c.id);

test("what more was shown of a list stays, and a site's list is its own", async () => {
  me.value = { agent: { id: "ana", role: "owner" }, sites: [{ id: "a" }, { id: "b" }], may: [] } as unknown as Me;
  await fetchComplaints("open");
  await refreshComplaints("open");
  assert.deepEqual(asked.splice(0), ["a 0", "a 0"]);

  let go = () => {};
  hold = new Promise((done) => (go = done));
  const late = refreshComplaints("open");
  hold = Promise.resolve();
  await fetchMoreComplaints();
  go();
  await late;
  await fetchMoreComplaints();
  assert.deepEqual(shown(), ["a0", "a1", "a2"]);
  asked.length = 0;
  await refreshComplaints("open");
  assert.deepEqual([shown(), asked], [["a0", "a1", "a2"], []]);

  chooseSite("b");
  assert.equal(shows("open"), false);
  const other = fetchComplaints("open");
  assert.deepEqual([shown(), listed.value.status], [[], "loading"]);
  await other;
  assert.deepEqual([shown(), shows("open"), shows("ended")], [["b0"], true, false]);
});
