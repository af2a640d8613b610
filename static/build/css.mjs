/** Refuses physical directions in stylesheets: node build/css.mjs DIR… Right-to-left languages need logical properties. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const PHYSICAL = /(^|[\s;{])((margin|padding|border)-(left|right)(-\w+)?|left|right|(text-align|float|clear):\s*(left|right)|border-(top|bottom)-(left|right)-radius)\s*[:;]/;

let bad = 0;
for (const dir of process.argv.slice(2)) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  for (const e of entries.filter((e) => e.isFile() && e.name.endsWith(".css"))) {
    const path = join(e.parentPath, e.name);
    (await readFile(path, "utf8")).split("\n").forEach((line, i) => {
      if (!PHYSICAL.test(line)) return;
      bad++;
      process.stderr.write(`${path}:${i + 1}: physical direction; use inline-start and inline-end: ${line.trim()}\n`);
    });
  }
}
process.exit(bad ? 1 : 0);
