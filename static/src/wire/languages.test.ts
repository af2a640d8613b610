import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { LANGUAGES } from "./languages";

test("each catalogue is offered to owners", () => {
  const names = readdirSync(join(process.env["STATIC_ROOT"] ?? ".", "src/i18n"), { encoding: "utf8" });
  assert.deepEqual(names.filter((n) => n.endsWith(".json")).map((n) => n.slice(0, -5)).sort(), LANGUAGES);
});
