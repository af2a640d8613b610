/** npm test [-- WORD…]: bundles every src/**\/*.test.ts(x) and tests/*.test.ts whose path has a WORD, and runs them on Node's own test runner. */
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);

async function find(dir) {
  const entries = await readdir(join(root, dir), { recursive: true, withFileTypes: true });
  return entries
    .filter((e) => e.isFile() && /\.test\.tsx?$/.test(e.name))
    .map((e) => join(e.parentPath, e.name));
}

const files = [...(await find("src")), ...(await find("tests"))]
  .filter((f) => !words.length || words.some((w) => f.includes(w)))
  .sort();
const out = await mkdtemp(join(tmpdir(), "rapport-tests-"));
try {
  await build({
    entryPoints: Object.fromEntries(files.map((f) => [relative(root, f).replace(/[/\\]/g, "_").replace(/\.tsx?$/, ""), f])),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    jsx: "automatic",
    jsxImportSource: "preact",
    sourcemap: "inline",
    loader: { ".css": "empty", ".svg": "text" },
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
    define: { "process.env.STATIC_ROOT": JSON.stringify(root) },
    logLevel: "error",
  });
  const tests = (await readdir(out)).filter((f) => f.endsWith(".test.mjs")).map((f) => join(out, f)).sort();
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter=spec", "--test-concurrency=1", ...tests], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
