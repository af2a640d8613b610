/**
 * In which forms a built file lies in dist. Text lies there packed only, as .gz and .br: so the
 * program carries no packer for what never changes and a quarter of the bytes, and the best
 * packing, which takes a second, costs no reader anything.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from "node:zlib";

const PACKED = /\.(js|css|html|json|svg)$/;
/** Fewer bytes than this are not worth a header. */
const SMALLEST = 256;
/** The build's own list, which nobody is served. */
const MANIFEST = "manifest.json";

/** All names that a file may have in dist. */
export const forms = (name) => [name, `${name}.gz`, `${name}.br`];

/** Writes a built file in its forms. */
export async function writeBuilt(outdir, name, content) {
  const body = Buffer.from(content);
  const at = join(outdir, name);
  await mkdir(dirname(at), { recursive: true });
  if (!PACKED.test(name) || name === MANIFEST || body.length < SMALLEST) return writeFile(at, body);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: body.length }; // its quality is the best unless told otherwise
  const [gz, br] = await Promise.all([promisify(gzip)(body, { level: 9, memLevel: 9 }), promisify(brotliCompress)(body, { params })]);
  await Promise.all([writeFile(`${at}.gz`, gz), writeFile(`${at}.br`, br)]);
}

/** Reads what a file of dist says, whatever its form: another version of zlib packs otherwise, and as well. */
export async function readBuilt(outdir, name) {
  const body = await readFile(join(outdir, name));
  if (name.endsWith(".gz")) return promisify(gunzip)(body);
  if (name.endsWith(".br")) return promisify(brotliDecompress)(body);
  return body;
}
