/** What all bundles share: one esbuild call whose outputs come back as { path: bytes }. */
import { readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { build, transform } from "esbuild";

const OUT = resolve("/out");

/**
 * Bundles and returns { files, entries }: files by their path in dist, and for each entry's
 * output its path by plain name ("panel.js" → "assets/panel-1A2B3C4D.js").
 */
export async function bundle(options) {
  const result = await build({
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    outdir: OUT,
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    target: ["chrome109", "firefox115", "safari16"],
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
    ...options,
  });
  const files = {};
  const entries = {};
  for (const out of result.outputFiles) files[relative(OUT, out.path)] = Buffer.from(out.contents);
  for (const [path, meta] of Object.entries(result.metafile.outputs)) {
    if (!meta.entryPoint) continue;
    const name = relative(OUT, resolve(path));
    const plain = name.replace(/^.*\//, "").replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1");
    entries[plain] = name;
    if (meta.cssBundle) {
      const css = relative(OUT, resolve(meta.cssBundle));
      entries[plain.replace(/\.js$/, ".css")] = css;
    }
  }
  return { files, entries };
}

/** "./part.css?sheet" is the stylesheet's text, for a part that brings it along. */
export const sheets = {
  name: "sheets",
  setup({ initialOptions, onResolve, onLoad }) {
    // Names go into the hashes, so they must not tell where the checkout lies.
    onResolve({ filter: /\.css\?sheet$/ }, ({ resolveDir, path }) => {
      const file = join(resolveDir, path.slice(0, -"?sheet".length));
      return { path: basename(file), namespace: "sheet", pluginData: file };
    });
    onLoad({ filter: /./, namespace: "sheet" }, async ({ pluginData }) => {
      const { code } = await transform(await readFile(pluginData, "utf8"), { loader: "css", minify: true, charset: "utf8", target: initialOptions.target });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/**
 * Options that cut a bundle into parts that are fetched later and one file of all that the page
 * begins with. Every part imports the page's script, so that whatever both use lies in that file:
 * cut up by who uses what, the first screen would come in dozens of small ones.
 */
export const whole = (main) => ({ splitting: true, inject: [main] });

/**
 * The entries of such a bundle, with the file in which everything lies in place of the script that
 * only imports it. Each part was given the page's styles once more: those files go.
 */
export function firstOf(files, entries, name) {
  const [stub, styles] = [entries[`${name}.js`], entries[`${name}.css`]];
  const [, script] = /^import".*\/([\w.-]+)";\n?$/.exec(files[stub].toString());
  const copies = Object.keys(files).filter((f) => f.endsWith(".css") && f !== styles);
  for (const gone of [stub, ...copies]) delete files[gone];
  return { [`${name}.js`]: `assets/${script}`, [`${name}.css`]: styles };
}

/** Puts the hashed names into an HTML template: %NAME% for each entry, %panel.js%. */
export function fill(html, values) {
  return html.replace(/%([\w.-]+)%/g, (whole, name) => {
    if (!(name in values)) throw new Error(`build: the template asks for ${whole}, which nothing makes`);
    return values[name];
  });
}
