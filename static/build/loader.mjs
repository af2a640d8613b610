/** The loader: one classic script at a fixed address, dist/w.js. */
import { join } from "node:path";
import { bundle } from "./bundle.mjs";

export async function buildLoader(src) {
  const { files } = await bundle({
    entryPoints: { w: join(src, "loader/main.ts") },
    entryNames: "[name]",
    format: "iife",
  });
  return { files, entries: { "w.js": "w.js" } };
}
