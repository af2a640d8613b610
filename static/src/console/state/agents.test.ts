import { test } from "node:test";
import assert from "node:assert/strict";
import type { Agent } from "../../wire/protocol";
import { awayAt, firstAble } from "./agents";

const agent = (id: string, until?: number): Agent => ({
  id, name: id, picture: "", email: "", role: "agent", disabled: false, created_at: 0, ...(until ? { absence: { to: null, until, ended_at: 0 } } : {}),
});

test("who is away is away for what is due before they are back", () => {
  const all = [agent("ana", 100), agent("ben")];
  assert.equal(awayAt(all, "ana", 99)?.until, 100);
  for (const [id, at] of [["ana", 100], ["ana", 0], ["ben", 5], ["nobody", 5]] as const) assert.equal(awayAt(all, id, at), undefined, `${id} at ${at}`);
});

test("what is anyone's goes first to somebody who is there then", () => {
  const all = [agent("ana", 100), agent("ben"), agent("noor")];
  assert.deepEqual([firstAble(all, 50), firstAble(all, 100), firstAble(all, 50, "ben"), firstAble([all[0]!], 50)], ["ben", "ana", "noor", ""]);
});
