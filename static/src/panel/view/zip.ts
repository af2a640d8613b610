/** One file of an archive. */
export interface Entry {
  name: string;
  text: string;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

/** The checksum that archives carry. */
export function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Numbers of two and four bytes, the low one first. */
function numbers(...pairs: readonly [bytes: 2 | 4, value: number][]): Uint8Array<ArrayBuffer> {
  const out = new DataView(new ArrayBuffer(pairs.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of pairs) {
    if (bytes === 2) out.setUint16(at, value, true);
    else out.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(out.buffer);
}

/** A zip archive, not compressed: any computer opens it. Names are UTF-8. */
export function zip(entries: readonly Entry[]): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const list: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const entry of entries) {
    const [name, data] = [entry.name, entry.text].map((text) => new TextEncoder().encode(text)) as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
    // Version, names in UTF-8, no compression, midnight of the first day there is.
    const what: [2 | 4, number][] = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 0x21], [4, crc32(data)], [4, data.length], [4, data.length], [2, name.length], [2, 0]];
    const head = numbers([4, 0x04034b50], ...what);
    parts.push(head, name, data);
    list.push(numbers([4, 0x02014b50], [2, 20], ...what, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), name);
    at += head.length + name.length + data.length;
  }
  const size = list.reduce((sum, part) => sum + part.length, 0);
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, entries.length], [2, entries.length], [4, size], [4, at], [2, 0]);
  return new Blob([...parts, ...list, end], { type: "application/zip" });
}
