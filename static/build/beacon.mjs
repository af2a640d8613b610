/** The beacon of the visitor list, dist/beacon.js: the server puts it behind the configuration of sites that want it. */
import { join } from "node:path";
import { bundle } from "./bundle.mjs";

export async function buildBeacon(src) {
  const { files } = await bundle({
    entryPoints: { beacon: join(src, "beacon/beacon.ts") },
    entryNames: "[name]",
    format: "iife",
  });
  return { files, entries: { "beacon.js": "beacon.js" } };
}
