/** The page inside the console's preview of a site. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle, fill } from "./bundle.mjs";

export async function buildPreview(src) {
  const dir = join(src, "preview");
  const { files, entries } = await bundle({
    entryPoints: { preview: join(dir, "preview.ts"), "preview-page": join(dir, "preview.css") },
    entryNames: "assets/[name]-[hash]",
    format: "iife",
  });
  const values = { "preview.js": entries["preview.js"], "preview.css": entries["preview-page.css"] };
  files["preview.html"] = Buffer.from(fill(await readFile(join(dir, "preview.html"), "utf8"), values));
  return { files, entries: { ...entries, "preview.html": "preview.html" } };
}
