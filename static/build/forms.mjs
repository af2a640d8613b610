/**
 * In which forms a built file lies in dist. Text lies there packed only, as .gz and .br: so the
 * program carries no packer for what never changes and a quarter of the bytes, and the best
 * packing, which takes a second, costs no reader anything. What nobody waits for at first, the
 * parts that come on demand and the documents, lies there as .gz alone: a seventh more to send
 * then, and a third of a megabyte less of the program.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from "node:zlib";

const PACKED = /\.(js|css|html|json|md|svg)$/;
/** Fewer bytes than this are not worth a header. */
const SMALLEST = 256;
/** The build's own list, which nobody is served. */
const MANIFEST = "manifest.json";

/** All names that a file may have in dist. */
export const forms = (name) => [name, `${name}.gz`, `${name}.br`];

/** Writes a built file in its forms; one that comes later has no .br. */
export async function writeBuilt(outdir, name, content, later = false) {
  const body = Buffer.from(content);
  const at = join(outdir, name);
  await mkdir(dirname(at), { recursive: true });
  if (!PACKED.test(name) || name === MANIFEST || body.length < SMALLEST) return writeFile(at, body);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: body.length }; // its quality is the best unless told otherwise
  await Promise.all([
    promisify(gzip)(body, { level: 9, memLevel: 9 }).then((gz) => writeFile(`${at}.gz`, gz)),
    later ? rm(`${at}.br`, { force: true }) : promisify(brotliCompress)(body, { params }).then((br) => writeFile(`${at}.br`, br)),
  ]);
}

/** Reads what a file of dist says, whatever its form: another version of zlib packs otherwise, and as well. */
export async function readBuilt(outdir, name) {
  const body = await readFile(join(outdir, name));
  if (name.endsWith(".gz")) return promisify(gunzip)(body);
  if (name.endsWith(".br")) return promisify(brotliDecompress)(body);
  return body;
}
