/** The loader: one classic script at a fixed address, dist/w.js. */
import { join } from "node:path";
import { bundle } from "./bundle.mjs";

export async function buildLoader(src) {
  const { files } = await bundle({
    entryPoints: { w: join(src, "loader/main.ts") },
    entryNames: "[name]",
    format: "iife",
  });
  // The only lines of the bundle are those of the stylesheet, which needs none; nor does compiled code need to be told to be strict.
  files["w.js"] = Buffer.from(files["w.js"].toString().trim().replace('"use strict";', "").replaceAll("}\n", "}"));
  return { files, entries: { "w.js": "w.js" } };
}
