import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

const root = process.env.STATIC_ROOT!;
const dist = join(root, "dist");
const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8")) as Record<string, { entries: Record<string, string>; files: string[] }>;

/** The text of a built file, which lies there packed unless it is tiny. */
function built(name: string): string {
  const path = join(dist, name);
  return (existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`))).toString();
}

test("dist is what the sources give, to the byte", () => {
  const run = spawnSync(process.execPath, ["build.mjs", "--check"], { cwd: root, encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
});

// How many bytes these are is a test in Go.
test("the loader is one file", () => assert.deepEqual(manifest["loader"]!.files, ["w.js"]));

test("the panel's first load is three requests", () => {
  for (const locale of ["en", "ar"]) {
    const page = built(`panel/${locale}.html`);
    const asked = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((m) => m[1]!);
    assert.equal(asked.length, 2, "one script, one stylesheet");
    const script = built(manifest["panel"]!.entries["panel.js"]!);
    assert.ok(!/\bimport\s*["{*\w]/.test(script), "what is asked for at once lies in one file");
    const later = [...script.matchAll(/\bimport\("\.\/([^"]+)"\)/g)].map((m) => `assets/${m[1]}`);
    later.push(/data-later="\/([^"]+)"/.exec(page)![1]!);
    assert.ok(later.length > 2);
    for (const file of later) assert.ok(manifest["panel"]!.files.includes(file), file);
  }
});

test("every page names its icon, so that no browser asks for one that is not there", () => {
  for (const page of [...manifest["panel"]!.files, ...manifest["demo"]!.files].filter((f) => f.endsWith(".html"))) {
    assert.match(built(page), /<link rel="icon" href="(?:data:,|\/demo\/icon\.svg)">/, page);
  }
});

test("nothing of ours names another host, or writes markup from text", () => {
  for (const part of ["loader", "panel", "demo"]) {
    for (const file of manifest[part]!.files.filter((f) => f.endsWith(".js") || f.endsWith(".css"))) {
      const text = built(file);
      const hosts = [...text.matchAll(/https?:\/\/([\w.-]+)/g)].map((m) => m[1]).filter((h) => h !== "www.w3.org");
      assert.deepEqual(hosts, [], file);
      assert.ok(!/insertAdjacentHTML|document\.write|\beval\(|new Function/.test(text), file);
    }
  }
});
