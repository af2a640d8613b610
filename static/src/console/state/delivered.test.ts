import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "../../wire/protocol";
import { newlyDelivered } from "./delivered";

const row = (id: string, seq: number, by: "person" | "agent", unread: number) => ({ id, seq, unread, last: { by } }) as unknown as Row;

test("what reached the screen is told once, and again when more comes", () => {
  const told = new Map<string, number>();
  const ids = (rows: Row[]) => newlyDelivered(rows, told).map((r) => r.id);
  assert.deepEqual(ids([row("a", 3, "person", 1), row("b", 5, "agent", 0), row("c", 4, "person", 0)]), ["a"]);
  assert.deepEqual(ids([row("a", 3, "person", 1)]), []);
  assert.deepEqual(ids([row("a", 4, "person", 2)]), ["a"]);
});
