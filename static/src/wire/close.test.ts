import assert from "node:assert/strict";
import { test } from "node:test";
import { come } from "./close";
import { CLOSE } from "./protocol";

test("every close code is answered as the protocol says, and an unknown one with patience", () => {
  for (const [code, said] of Object.entries(CLOSE)) assert.equal(come(Number(code)), said.come, `${code} ${said.name}`);
  assert.equal(come(1006), "with backoff");
  assert.equal(come(4999), "with backoff");
});
