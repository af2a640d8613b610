/** The protocol for people outside: a page with what it loads, two documents for programs, and the golden files. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Documents for programs go without the space that people read them with. */
const FOR_PROGRAMS = ["openapi.json", "asyncapi.json"];

export async function buildDocs(src) {
  const dir = join(src, "../docs");
  const files = {};
  const golden = {};
  for (const at of (await readdir(dir, { recursive: true, withFileTypes: true })).filter((e) => e.isFile())) {
    const body = await readFile(join(at.parentPath, at.name));
    const name = join(at.parentPath, at.name).slice(dir.length + 1);
    if (FOR_PROGRAMS.includes(name)) files[`docs/${name}`] = JSON.stringify(JSON.parse(body));
    else if (name.startsWith("golden/")) golden[name] = body.toString();
    else files[`docs/${name}`] = body;
  }
  // Hundreds of small files of one kind: together they are a tenth of what they are one by one.
  files["golden.json"] = JSON.stringify(golden, Object.keys(golden).sort());
  return { files, entries: {}, later: Object.keys(files) };
}
