/** The demonstration shop: plain pages made from one frame, one script, one stylesheet. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle, fill } from "./bundle.mjs";

export async function buildDemo(src) {
  const dir = join(src, "demo");
  if (!existsSync(join(dir, "shop.ts"))) return { files: {}, entries: {} };
  const { files, entries } = await bundle({
    entryPoints: { shop: join(dir, "shop.ts") },
    entryNames: "demo/[name]",
    format: "esm",
  });
  files["demo/icon.svg"] = await readFile(join(dir, "icon.svg"));
  const frame = await readFile(join(dir, "frame.html"), "utf8");
  for (const name of (await readdir(join(dir, "pages"))).sort()) {
    const page = await readFile(join(dir, "pages", name), "utf8");
    const [, title, body] = /^<title>(.*?)<\/title>\s*([\s\S]*)$/.exec(page);
    files[`demo/${name}`] = Buffer.from(fill(frame, { title, body }));
  }
  return { files, entries };
}
