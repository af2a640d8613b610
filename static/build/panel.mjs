/**
 * The panel: one page per language with its words inside, so that it opens in three requests, the
 * parts and words that are fetched when they are first needed, and the launcher's few words and
 * pictures for the configuration script.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle, fill, firstOf, sheets, whole } from "./bundle.mjs";
import { catalogues } from "./words.mjs";

/** What of the words comes with the parts that are fetched later, by the beginning of the key. */
const LATER = ["answers.", "card.", "feedback.", "emoji.", "earlier.", "promises.", "refused.", "files.", "form.", "leave.", "known.", "copy."];

/** The parts' styles come as text with them, so only the page's own stylesheet is a file. */
async function bundlePanel(src) {
  const main = join(src, "panel/main.tsx");
  const { files, entries } = await bundle({
    entryPoints: { panel: main },
    entryNames: "assets/[name]-[hash]",
    chunkNames: "assets/panel-[name]-[hash]",
    format: "esm",
    ...whole(main),
    plugins: [sheets],
  });
  return { files, entries: firstOf(files, entries, "panel") };
}

export async function buildPanel(src) {
  const { files, entries } = await bundlePanel(src);
  const html = await readFile(join(src, "panel/panel.html"), "utf8");
  const launcher = {};
  const invite = {};
  for (const { locale, dir, words } of await catalogues(join(src, "i18n"))) {
    const { outside, invited, inside, later } = split(words);
    launcher[locale] = { lang: locale, ...outside };
    invite[locale] = { lang: locale, dir, ...invited };
    const more = Buffer.from(JSON.stringify(later));
    const laterName = `assets/panel-words-${locale}-${hash(more)}.json`;
    files[laterName] = more;
    const json = JSON.stringify(inside).replace(/</g, "\\u003c");
    files[`panel/${locale}.html`] = Buffer.from(fill(html, { ...entries, locale, dir, words: json, later: laterName }));
  }
  files["launcher.json"] = Buffer.from(JSON.stringify(launcher));
  files["invite.json"] = Buffer.from(JSON.stringify(invite));
  files["icons.json"] = Buffer.from(JSON.stringify(JSON.parse(await readFile(join(src, "loader/icons.json"), "utf8"))));
  return { files, entries };
}

/** Eight letters and digits that change with the content. */
function hash(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
}

/** Parts the launcher's words ("launcher.open", outside) and those around an invitation from those of the panel, now and later. */
function split(words) {
  const out = { outside: {}, invited: {}, inside: {}, later: {} };
  for (const [key, value] of Object.entries(words)) {
    if (key.startsWith("launcher.")) out.outside[key.slice("launcher.".length)] = value;
    else if (key.startsWith("invite.")) out.invited[key.slice("invite.".length)] = value;
    else if (LATER.some((start) => key.startsWith(start))) out.later[key] = value;
    else out.inside[key] = value;
  }
  return out;
}
