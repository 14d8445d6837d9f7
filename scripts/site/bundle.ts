import {readFile, readdir, rm, writeFile} from "node:fs/promises";
import path from "node:path";
import {build} from "esbuild";
import type {BuildOptions, Metafile, Plugin} from "esbuild";
import {LESSONS} from "../../data/lessons.js";
import {DIST} from "./root.js";

/** Where the bundles stand: one folder deep, as the site's modules before them, so that what they address relatively stays right. */
const FOLDER = "_app";
/** How Framework writes a page's imports, and how it announces modules. */
const PAGE_IMPORT = /import\("\.\/(_import\/[^"]+\.js)"\)/g;
const ANNOUNCED = /<link rel="modulepreload" href="\.\/(?:_import|_node)\/[^"]+">\n/g;
/** How a module names a worker's. */
const WORKER = /import\.meta\.resolve\("([^"]+)"\)/g;

const SHARED: BuildOptions = {
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  platform: "browser",
  // Identifiers stay: the WASM backend starts its threads with the source text of a function.
  minifyWhitespace: true,
  legalComments: "eof",
  // TensorFlow.js asks for it where it runs in Node.
  external: ["util"],
  // Framework's module of seedrandom lacks a generator that TensorFlow.js names; nothing here draws with it.
  logOverride: {"import-is-undefined": "silent"},
  metafile: true,
  outdir: path.join(DIST, FOLDER),
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  logLevel: "warning"
};

/**
 * Makes a few bundles of the built site's some 300 modules: one for each page, one for the worker, and what they share or load when it is
 * needed. A chain of imports is a chain of round trips, and each request takes time of its own.
 */
export async function bundleModules(): Promise<void> {
  const pages = (await readdir(DIST)).filter((name) => name.endsWith(".html"));
  const sources = new Map(await Promise.all(pages.map(async (page) => [page, await readFile(path.join(DIST, page), "utf8")] as const)));
  await bundleWorkers();
  // What several pages need becomes a script for each set of pages that need it: the more pages, the more scripts each of them loads. So
  // lessons, which are read one after the other, share with each other, and so do tools.
  const isLesson = ([page]: readonly [string, string]) => LESSONS.some(({path: to}) => page === `${to.slice(1) || "index"}.html`);
  const all = [...sources];
  const groups = [all.filter(isLesson), all.filter((page) => !isLesson(page))];
  const built = await Promise.all(groups.map((group) => bundlePages(new Map(group))));
  const outputs = Object.fromEntries(built.flatMap((made) => Object.entries(made)));
  await Promise.all([...sources].map(([page, html]) => writeFile(path.join(DIST, page), rewritten(html, page, outputs))));
  await bundleInPlace();
  await removeModules();
}

/** Scripts with an address of their own, which Framework makes stand-ins for a module: the module itself, at that address. */
async function bundleInPlace(): Promise<void> {
  const scripts = (await readdir(DIST)).filter((name) => name.endsWith(".js")).map((name) => path.join(DIST, name));
  await Promise.all(
    scripts.map((script) => build({entryPoints: [script], outfile: script, allowOverwrite: true, bundle: true, format: "esm"}))
  );
}

/** Bundles the modules that workers start with, and lets the modules that start them name the bundles: to esbuild these names are text. */
async function bundleWorkers(): Promise<void> {
  const folder = path.join(DIST, "_import");
  const files = (await readdir(folder, {recursive: true})).filter((name) => name.endsWith(".js")).map((name) => path.join(folder, name));
  const texts = await Promise.all(files.map(async (file) => ({file, text: await readFile(file, "utf8")})));
  const moduleOf = (file: string, name: string) => path.resolve(path.dirname(file), name);
  const workers = texts.flatMap(({file, text}) => [...text.matchAll(WORKER)].map(([, name]) => moduleOf(file, name!)));
  // A page and a worker each load their own: named alike, what is the same in both would look loaded twice.
  const {outputs} = await bundled({entryPoints: [...new Set(workers)], chunkNames: "worker-[name]-[hash]"});
  const nameOf = (module: string) => path.basename(outputOf(outputs, module));
  await Promise.all(
    texts
      .filter(({text}) => text.search(WORKER) >= 0)
      .map(({file, text}) =>
        writeFile(
          file,
          text.replace(WORKER, (_, name: string) => `import.meta.resolve("./${nameOf(moduleOf(file, name))}")`)
        )
      )
  );
}

/** Bundles the modules of each page into one that exports each of them as `m0`, `m1`, ... in the order in which the page imports them. */
async function bundlePages(pages: ReadonlyMap<string, string>): Promise<Metafile["outputs"]> {
  const entries: Plugin = {
    name: "pages",
    setup({onResolve, onLoad}) {
      onResolve({filter: /\.html$/}, ({path: name}) => ({path: name, namespace: "page"}));
      onLoad({filter: /./, namespace: "page"}, ({path: name}) => ({
        contents: importsOf(pages.get(name)!)
          .map((module, index) => `export * as m${index} from "./${module}";`)
          .join("\n"),
        resolveDir: DIST
      }));
    }
  };
  return (await bundled({entryPoints: [...pages.keys()], plugins: [entries]})).outputs;
}

/** The modules that a page imports, each once. */
function importsOf(html: string): string[] {
  return [...new Set([...html.matchAll(PAGE_IMPORT)].map(([, module]) => module!))];
}

/** A page that imports its bundle, and announces all that it will load at once. */
function rewritten(html: string, page: string, outputs: Metafile["outputs"]): string {
  const modules = importsOf(html);
  const bundle = outputOf(outputs, `page:${page}`);
  const announced = [bundle, ...staticImports(outputs, bundle)].map(
    (file) => `<link rel="modulepreload" href="./${FOLDER}/${path.basename(file)}">\n`
  );
  return html
    .replace(ANNOUNCED, "")
    .replace(/(?=<link rel="icon")/, announced.join(""))
    .replace(
      PAGE_IMPORT,
      (_, module: string) => `import("./${FOLDER}/${path.basename(bundle)}").then(({m${modules.indexOf(module)}: m}) => m)`
    );
}

/** What a bundle imports by itself, directly or not. */
function staticImports(outputs: Metafile["outputs"], bundle: string, found = new Set<string>()): Set<string> {
  for (const {path: file, kind} of outputs[bundle]!.imports) {
    if (kind !== "import-statement" || found.has(file)) continue;
    found.add(file);
    staticImports(outputs, file, found);
  }
  return found;
}

async function bundled(options: BuildOptions): Promise<Metafile> {
  const {metafile} = await build({...SHARED, ...options});
  return metafile!;
}

/** @throws Error where no bundle was made of a module */
function outputOf(outputs: Metafile["outputs"], entry: string): string {
  const found = Object.entries(outputs).find(
    ([, {entryPoint}]) => entryPoint !== undefined && path.resolve(entryPoint) === path.resolve(entry)
  );
  if (!found) throw new Error(`No bundle was made of ${entry}.`);
  return found[0];
}

/** Removes the single modules. Beside their folders stand styles, which stay. */
async function removeModules(): Promise<void> {
  await rm(path.join(DIST, "_node"), {recursive: true});
  const entries = await readdir(path.join(DIST, "_import"), {withFileTypes: true});
  const modules = entries.filter((entry) => entry.isDirectory() || entry.name.endsWith(".js"));
  await Promise.all(modules.map(({name}) => rm(path.join(DIST, "_import", name), {recursive: true})));
}
