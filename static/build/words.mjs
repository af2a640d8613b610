/** Reads the catalogues, and makes the pseudo-locale that shows every hard-coded word. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const RTL = new Set(["ar", "he", "fa", "ur"]);
const ACCENTED = { a: "á", b: "ƀ", c: "ç", d: "ð", e: "é", f: "ƒ", g: "ğ", h: "ĥ", i: "í", j: "ĵ", k: "ķ", l: "ļ", m: "ɱ", n: "ñ", o: "ó", p: "þ", q: "ɋ", r: "ŕ", s: "š", t: "ţ", u: "ú", v: "ṽ", w: "ŵ", x: "ẋ", y: "ý", z: "ž" };

/** Accents every letter outside {placeholders} and makes the text two fifths longer. */
export function pseudo(text) {
  const accented = text.replace(/\{\w+\}|[a-z]/gi, (m) => {
    if (m.length > 1) return m;
    const a = ACCENTED[m.toLowerCase()];
    return m === m.toLowerCase() ? a : a.toUpperCase();
  });
  return `${accented}${" ~".repeat(Math.ceil(text.length / 5))}`;
}

function pseudoAll(words) {
  const over = (v) => (typeof v === "string" ? pseudo(v) : Object.fromEntries(Object.entries(v).map(([k, t]) => [k, pseudo(t)])));
  return Object.fromEntries(Object.entries(words).map(([k, v]) => [k, over(v)]));
}

/** Every language with its direction and words, sorted, the pseudo-locale last. */
export async function catalogues(dir) {
  const names = (await readdir(dir)).filter((n) => n.endsWith(".json")).sort();
  const all = [];
  for (const name of names) {
    const locale = name.replace(/\.json$/, "");
    const words = JSON.parse(await readFile(join(dir, name), "utf8"));
    all.push({ locale, dir: RTL.has(locale) ? "rtl" : "ltr", words });
  }
  const english = all.find((c) => c.locale === "en");
  all.push({ locale: "en-XA", dir: "ltr", words: pseudoAll(english.words) });
  return all;
}
