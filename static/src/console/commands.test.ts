import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

test("no two commands answer the same keys", () => {
  const source = readFileSync(join(process.env.STATIC_ROOT!, "src/console/commands.ts"), "utf8");
  const keys = [...source.matchAll(/(?:single|chord): "([^"]+)"/g)].map((m) => m[1]!);
  assert.ok(keys.length > 30, "the table is read");
  assert.deepEqual(keys.filter((k, i) => keys.indexOf(k) !== i), []);
});
