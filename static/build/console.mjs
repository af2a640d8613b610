/** The console: a page, its script and styles, and parts that load when they are first needed. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle, fill } from "./bundle.mjs";

export async function buildConsole(src) {
  const entry = join(src, "console/main.tsx");
  if (!existsSync(entry)) return { files: {}, entries: {} };
  const { files, entries } = await bundle({
    entryPoints: { console: entry },
    entryNames: "assets/[name]-[hash]",
    chunkNames: "assets/console-[name]-[hash]",
    assetNames: "assets/[name]-[hash]",
    publicPath: "/",
    format: "esm",
    splitting: true,
    loader: { ".woff2": "file", ".svg": "file", ".mp3": "file" },
  });
  const html = await readFile(join(src, "console/console.html"), "utf8");
  files["console.html"] = Buffer.from(fill(html, entries));
  return { files, entries: { ...entries, "console.html": "console.html" } };
}
