import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { learn, plural, t } from "../panel/words";

type Catalogue = Record<string, string | Record<string, string>>;
const dir = join(process.env.STATIC_ROOT!, "src/i18n");
const read = (name: string) => JSON.parse(readFileSync(join(dir, name), "utf8")) as Catalogue;
const english = read("en.json");
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).sort();

for (const name of readdirSync(dir).filter((n) => n.endsWith(".json"))) {
  const words = read(name);
  const locale = name.replace(".json", "");

  test(`${locale} has the same keys, in the same order`, () => {
    assert.deepEqual(Object.keys(words), Object.keys(english));
  });

  test(`${locale} has every plural form that its language needs, and no other`, () => {
    const needed = [...new Intl.PluralRules(locale).resolvedOptions().pluralCategories].sort();
    for (const [key, forms] of Object.entries(words)) {
      if (typeof forms !== "string") assert.deepEqual(Object.keys(forms).sort(), needed, key);
    }
  });

  test(`${locale} fills the same holes`, () => {
    for (const [key, text] of Object.entries(words)) {
      const origin = english[key]!;
      if (typeof text === "string") assert.deepEqual(holes(text), holes(origin as string), key);
      else {
        const allowed = new Set(holes((origin as Record<string, string>)["other"]!));
        for (const form of Object.values(text)) for (const hole of holes(form)) assert.ok(allowed.has(hole), `${key}: {${hole}}`);
      }
    }
  });
}

test("every text is used somewhere", () => {
  const below = (room: string) => {
    const root = join(process.env.STATIC_ROOT!, "src", room);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((f) => /\.tsx?$/.test(f) && !f.includes(".test."));
    return files.map((f) => readFileSync(join(root, f), "utf8")).join("\n");
  };
  const [panel, loader, beacon] = [below("panel"), below("loader"), below("beacon")];
  const made = [...panel.matchAll(/t\(`([\w.]+)\$\{/g)].map((m) => m[1]!);
  const used = (key: string) => panel.includes(`"${key}"`) || made.some((start) => key.startsWith(start)) || loader.includes(`words.${key.replace("launcher.", "")}`) || beacon.includes(`words.${key.replace("invite.", "")}`);
  assert.deepEqual(Object.keys(english).filter((key) => !used(key)), []);
});

test("numbers choose the form and are written as the language writes them", () => {
  const arabic = read("ar.json");
  learn(arabic, "ar", true);
  const forms = arabic["composer.too_long"] as Record<string, string>;
  assert.equal(plural("composer.too_long", 1), forms["one"]);
  assert.equal(plural("composer.too_long", 2), forms["two"]);
  assert.equal(plural("composer.too_long", 5).replace(/[\d٠-٩]+/, "#"), forms["few"]!.replace("{count}", "#"));
  assert.equal(plural("composer.too_long", 1200).includes("1200"), false);
  assert.equal(t("typing.one", { agent: "Ana" }).includes("\u2068Ana\u2069"), true);
  learn(english, "en");
  assert.equal(plural("composer.too_long", 1200), "1,200 characters too many");
  assert.equal(t("typing.one", { agent: "Ana" }), "Ana is writing");
});
