/** The console: a page, its script and styles, and parts that load when they are first needed. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { bundle, fill, sheets, firstOf, whole } from "./bundle.mjs";

/**
 * Icons straight from their own files. By way of the library's one index every icon of every part
 * would come with the first screen.
 */
const icons = {
  name: "icons",
  setup({ onLoad, resolve }) {
    let files;
    const read = async (resolveDir) => {
      const { path } = await resolve("lucide-preact", { resolveDir, kind: "import-statement" });
      const index = await readFile(path, "utf8");
      const found = new Map();
      for (const [, names, file] of index.matchAll(/^export \{ (.*) \} from '\.\/(icons\/[\w-]+\.mjs)';$/gm)) {
        for (const [, name] of names.matchAll(/default as (\w+)/g)) found.set(name, join(dirname(path), file));
      }
      return found;
    };
    onLoad({ filter: /\/src\/console\/.*\.tsx$/ }, async ({ path }) => {
      files ??= read(dirname(path));
      const known = await files;
      const source = await readFile(path, "utf8");
      const contents = source.replace(/^import \{ ([^}]+) \} from "lucide-preact";$/m, (_, names) =>
        names.split(", ").map((name) => `import ${name.replace(/.* as /, "")} from ${JSON.stringify(known.get(name.replace(/ as .*/, "")))};`).join(" "),
      );
      return { contents, loader: "tsx" };
    });
  },
};

export async function buildConsole(src) {
  const entry = join(src, "console/main.tsx");
  if (!existsSync(entry)) return { files: {}, entries: {} };
  const { files, entries: made } = await bundle({
    entryPoints: { console: entry },
    entryNames: "assets/[name]-[hash]",
    chunkNames: "assets/console-[name]-[hash]",
    assetNames: "assets/[name]-[hash]",
    publicPath: "/",
    format: "esm",
    ...whole(entry),
    plugins: [icons, sheets],
    loader: { ".woff2": "file", ".svg": "file", ".mp3": "file" },
  });
  const entries = firstOf(files, made, "console");
  const html = await readFile(join(src, "console/console.html"), "utf8");
  files["console.html"] = Buffer.from(fill(html, entries));
  Object.assign(files, await installed(src));
  const later = Object.keys(files).filter((f) => f.startsWith("assets/console-") && !Object.values(entries).includes(f));
  return { files, entries: { ...entries, "console.html": "console.html" }, later };
}

/** What browsers ask for by fixed names where the console is installed, and to be told of what waits. */
async function installed(src) {
  const { files: made } = await bundle({ entryPoints: { sw: join(src, "console/sw.ts") }, entryNames: "console/[name]", format: "iife" });
  const files = { "console/sw.js": made["console/sw.js"] };
  for (const [name, from] of [["manifest.webmanifest", "manifest.webmanifest"], ["icon-192.png", "icons/icon-192.png"], ["icon-512.png", "icons/icon-512.png"]]) {
    files[`console/${name}`] = await readFile(join(src, "console", from));
  }
  return files;
}
