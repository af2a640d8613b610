/**
 * The panel: one page per language with its words inside, so that it opens in three requests,
 * and the launcher's few words for the configuration script.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle, fill } from "./bundle.mjs";
import { catalogues } from "./words.mjs";

export async function buildPanel(src) {
  const { files, entries } = await bundle({
    entryPoints: { panel: join(src, "panel/main.tsx") },
    entryNames: "assets/[name]-[hash]",
    format: "esm",
  });
  const html = await readFile(join(src, "panel/panel.html"), "utf8");
  const launcher = {};
  for (const { locale, dir, words } of await catalogues(join(src, "i18n"))) {
    const { launcher: outside, ...inside } = split(words);
    launcher[locale] = { dir, ...outside };
    const json = JSON.stringify(inside).replace(/</g, "\\u003c");
    files[`panel/${locale}.html`] = Buffer.from(fill(html, { ...entries, locale, dir, words: json }));
  }
  files["launcher.json"] = Buffer.from(JSON.stringify(launcher));
  return { files, entries };
}

/** Parts the launcher's words ("launcher.open") from those of the panel. */
function split(words) {
  const out = { launcher: {} };
  for (const [key, value] of Object.entries(words)) {
    if (key.startsWith("launcher.")) out.launcher[key.slice("launcher.".length)] = value;
    else out[key] = value;
  }
  return out;
}
