import { test } from "node:test";
import assert from "node:assert/strict";
import { newer } from "./drafts";

const draft = (text: string, at: number) => ({ kind: "reply" as const, text, at });

test("the later draft stands: one written offline is not lost to an older one on the server", () => {
  assert.equal(newer(draft("here", 5), draft("there", 4)).text, "here");
  assert.equal(newer(draft("here", 3), draft("there", 4)).text, "there");
});

test("without one of them the other stands, without both nothing", () => {
  assert.equal(newer(undefined, draft("there", 4)).text, "there");
  assert.equal(newer(draft("here", 3), null).text, "here");
  assert.equal(newer(undefined, null).text, "");
});
