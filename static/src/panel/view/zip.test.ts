import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, zip } from "./zip";

test("the checksum is the one that archives carry", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
});

test("every file is found by the list at the end, whole", async () => {
  const entries = [{ name: "a.json", text: "{\"a\":1}" }, { name: "سلام.html", text: "<p>سلام</p>" }];
  const bytes = new Uint8Array(await zip(entries).arrayBuffer());
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50);
  assert.equal(view.getUint16(end + 10, true), entries.length);
  let at = view.getUint32(end + 16, true);
  assert.equal(at + view.getUint32(end + 12, true), end);
  const text = (from: number, length: number) => new TextDecoder().decode(bytes.subarray(from, from + length));
  for (const entry of entries) {
    assert.equal(view.getUint32(at, true), 0x02014b50);
    const [crc, size, name] = [view.getUint32(at + 16, true), view.getUint32(at + 24, true), view.getUint16(at + 28, true)];
    const local = view.getUint32(at + 42, true);
    assert.equal(view.getUint32(local, true), 0x04034b50);
    assert.equal(text(at + 46, name), entry.name);
    assert.equal(text(local + 30, name), entry.name);
    assert.equal(text(local + 30 + name, size), entry.text);
    assert.equal(crc, crc32(bytes.subarray(local + 30 + name, local + 30 + name + size)));
    at += 46 + name;
  }
});
