/** node tests/marks.mjs [--wrong]: how well the console's quiet marks do on the labelled replies; --wrong names the faults of the half they are tuned on. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const marks = join(dirname(dirname(fileURLToPath(import.meta.url))), "src/console/marks");
const out = await mkdtemp(join(tmpdir(), "rapport-marks-"));
try {
  const outfile = join(out, "marks.mjs");
  const contents = `export * from "./measure"; export { ON } from "./chosen"; export { default as labelled } from "./labelled.json";`;
  await build({ stdin: { contents, resolveDir: marks }, outfile, bundle: true, format: "esm", platform: "node", logLevel: "error" });
  const { measure, precision, recall, labelled, ON } = await import(pathToFileURL(outfile).href);
  const half = (name) => measure(labelled.filter((r) => r.half === name));
  const [tune, held] = [half("tune"), half("held")];
  const two = (x) => x.toFixed(2);
  process.stdout.write(`| mark | at first | precision | recall | labels | while tuned: precision | recall |\n|---|---|---|---|---|---|---|\n`);
  held.forEach((s, i) => {
    const t = tune[i];
    process.stdout.write(`| ${s.kind} | ${ON[s.kind] ? "on" : "off"} | ${two(precision(s))} | ${two(recall(s))} | ${s.labels} | ${two(precision(t))} | ${two(recall(t))} |\n`);
  });
  process.stdout.write(`${labelled.length} replies, ${labelled.filter((r) => r.half === "held").length} of them held out.\n`);
  if (process.argv.includes("--wrong")) {
    for (const s of tune) for (const [what, texts] of [["wrong", s.wrong], ["missed", s.missed]]) for (const text of texts) process.stdout.write(`${s.kind} ${what}: ${text}\n`);
  }
} finally {
  await rm(out, { recursive: true, force: true });
}
