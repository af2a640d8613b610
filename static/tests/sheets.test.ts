import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const folder = join(process.cwd(), "src/console/styles");
const text = (sheet: string) => readFileSync(join(folder, sheet), "utf8").replace(/\/\*[^]*?\*\//g, "");

/** What every page of the console wears from the start. */
const worn = new Set([...text("all.css").matchAll(/"\.\/(.+?)"/g)].map((m) => m[1]!));

/** The classes that a sheet dresses wherever they stand. */
function dressed(sheet: string): Set<string> {
  const rules = text(sheet).matchAll(/(?:^|[{}])\s*([^{}@;]+)\{/g);
  return new Set([...rules].flatMap((m) => m[1]!.split(",")).flatMap((s) => /^\s*\.([\w-]+)(?::[\w-]+)*\s*$/.exec(s)?.[1] ?? []));
}

test("what one part of the console wears changes nothing in another that was opened before", () => {
  const by = new Map<string, string>();
  const twice: string[] = [];
  for (const sheet of readdirSync(folder).filter((f) => f.endsWith(".css") && !worn.has(f))) {
    for (const name of dressed(sheet)) {
      const other = by.get(name);
      if (other) twice.push(`.${name} in ${other} and ${sheet}`);
      by.set(name, sheet);
    }
  }
  assert.ok(by.size > 300, `only ${by.size} classes found`);
  const early = new Set([...worn].filter((s) => s !== "all.css").flatMap((s) => [...dressed(s)]));
  assert.deepEqual([...twice, ...[...by].filter(([name]) => early.has(name)).map(([name, sheet]) => `.${name} in ${sheet} and on every page`)], []);
});
