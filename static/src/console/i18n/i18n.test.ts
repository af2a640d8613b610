import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import assert from "node:assert/strict";
import { learn, t } from "./index";

const root = join(process.env["STATIC_ROOT"] ?? ".", "src/console");

/** Every catalogue: that of the first screen and those that parts bring along. */
const catalogues = readdirSync(join(root, "i18n"))
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(root, "i18n", name), "utf8")) as Record<string, string>);
catalogues.forEach(learn);

test("names are filled in and plurals follow the number", () => {
  assert.equal(t("taken", { name: "Maria" }), "You took Maria");
  assert.equal(t("n_uses", { n: 1 }), "used once");
  assert.equal(t("n_uses", { n: 3 }), "used 3 times");
});

test("no words in the views that the catalogue does not have", () => {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".tsx"));
  assert.ok(files.length > 30);
  for (const file of files) {
    const source = readFileSync(join(root, file), "utf8");
    const loose = source.match(/(?<![=\w)])>\s*[A-Z][a-z]+ [a-z]+[^<>{}]*</);
    assert.equal(loose?.[0], undefined, file);
    const attribute = source.match(/(aria-label|placeholder|title|label)="(?!https:)[^"]*[a-z][^"]*"/);
    assert.equal(attribute?.[0], undefined, file);
  }
});

test("every text of the catalogue is used somewhere", () => {
  const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((f) => /\.tsx?$/.test(f) && !f.endsWith(".test.ts"))
    .map((f) => readFileSync(join(root, f), "utf8"))
    .join("\n");
  const made = [...sources.matchAll(/t\(`(\w+)\$\{/g)].map((m) => m[1] ?? "");
  const keys = catalogues.flatMap(Object.keys);
  assert.deepEqual(keys.filter((k, i) => keys.indexOf(k) !== i), [], "a key stands in one catalogue only");
  const unused = keys.filter((k) => !sources.includes(`"${k}"`) && !made.some((start) => k.startsWith(start)));
  assert.deepEqual(unused, []);
});
