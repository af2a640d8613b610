/**
 * Builds what the browser gets: node build.mjs [--only loader,beacon,panel,console,preview,demo,docs]
 * [--outdir DIR] [--watch] [--check]. The same sources give the same bytes, so dist is
 * committed and --check proves it fresh.
 */
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildLoader } from "./build/loader.mjs";
import { buildBeacon } from "./build/beacon.mjs";
import { buildPanel } from "./build/panel.mjs";
import { buildConsole } from "./build/console.mjs";
import { buildDemo } from "./build/demo.mjs";
import { buildDocs } from "./build/docs.mjs";
import { buildPreview } from "./build/preview.mjs";
import { forms, readBuilt, writeBuilt } from "./build/forms.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const PARTS = { loader: buildLoader, beacon: buildBeacon, panel: buildPanel, console: buildConsole, preview: buildPreview, demo: buildDemo, docs: buildDocs };

/** Every file below dir, by its path from there. */
async function filesBelow(dir) {
  if (!existsSync(dir)) return [];
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => relative(dir, join(e.parentPath, e.name)));
}

/** Writes the files of the named parts and takes away what those parts wrote before. */
async function build(outdir, names) {
  const manifestPath = join(outdir, "manifest.json");
  const manifest = existsSync(manifestPath) ? JSON.parse(await readFile(manifestPath, "utf8")) : {};
  for (const name of names) {
    const before = manifest[name]?.files ?? [];
    const { files, entries, later = [] } = await PARTS[name](join(here, "src"));
    const kept = Object.keys(files).sort();
    const old = before.filter((f) => !kept.includes(f)).flatMap((f) => forms(f));
    await Promise.all(old.map((f) => rm(join(outdir, f), { force: true })));
    await Promise.all(kept.map((f) => writeBuilt(outdir, f, files[f], later.includes(f))));
    manifest[name] = { entries, files: kept };
  }
  const sorted = Object.fromEntries(Object.keys(PARTS).filter((n) => manifest[n]).map((n) => [n, manifest[n]]));
  await mkdir(outdir, { recursive: true });
  await writeFile(manifestPath, JSON.stringify(sorted, null, 1) + "\n");
}

/** Builds everything elsewhere and names each file that differs from dist. */
async function check(dist) {
  const fresh = await mkdtemp(join(tmpdir(), "rapport-dist-"));
  try {
    await build(fresh, Object.keys(PARTS));
    const names = new Set([...(await filesBelow(fresh)), ...(await filesBelow(dist))]);
    const stale = [];
    for (const name of names) {
      const [a, b] = await Promise.all([fresh, dist].map((d) => readBuilt(d, name).catch(() => null)));
      if (!a || !b || !a.equals(b)) stale.push(name);
    }
    return stale.sort();
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

function option(name) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

const outdir = option("outdir") ?? join(here, "dist");
const names = (option("only") ?? Object.keys(PARTS).join(",")).split(",");
const unknown = names.filter((n) => !(n in PARTS));
if (unknown.length) {
  process.stderr.write(`build: no part called ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}\n`);
  process.exit(2);
}

if (process.argv.includes("--check")) {
  const stale = await check(outdir);
  if (stale.length) {
    process.stderr.write(`dist is not what the sources give; run "npm run build". Stale:\n  ${stale.join("\n  ")}\n`);
    process.exit(1);
  }
} else {
  await build(outdir, names);
  if (process.argv.includes("--watch")) {
    let timer;
    watch(join(here, "src"), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => build(outdir, names).catch((e) => process.stderr.write(`${e.message}\n`)), 80);
    });
  }
}
