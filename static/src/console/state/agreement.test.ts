import assert from "node:assert/strict";
import { test } from "node:test";
import { raise, raised, takeWish } from "./agreement";
import { showConversation } from "./conversation";

test("a wish is met where it was made, once, and by whoever shows it", () => {
  raise("c1", "delay");
  assert.equal(takeWish("c2", "delay"), null, "another conversation");
  assert.equal(takeWish("c1", "take", "wave"), null, "another wish");
  assert.equal(takeWish("c1", "delay"), "delay");
  assert.equal(takeWish("c1", "delay"), null);
});

test("a wish that nobody met is gone with its conversation", () => {
  globalThis.fetch = () => new Promise(() => {});
  showConversation("c1");
  raise("c1", "take");
  showConversation("c1");
  assert.equal(takeWish("c1", "wave"), null);
  assert.equal(raised.value?.what, "take", "it is still on screen");
  showConversation("c2");
  showConversation("c1");
  assert.equal(raised.value, null);
});
