import {existsSync, readFileSync} from "node:fs";
import {mkdir, readdir, rm} from "node:fs/promises";
import {createRequire} from "node:module";
import path from "node:path";
import {build} from "esbuild";
import {ROOT} from "./root.js";

/**
 * Libraries that Framework's client could load on demand, none of which our pages use. To write their addresses
 * into the client it asks a registry for versions, unless its cache knows one: with these the build is offline.
 */
const NAMED_ONLY = [
  "@observablehq/plot@0.6.17",
  "@observablehq/sample-datasets@1.0.1",
  "apache-arrow@21.2.0",
  "arquero@8.0.3",
  "d3-dsv@3.0.2",
  "echarts@6.1.0",
  "leaflet@1.9.4",
  "lodash@4.18.1",
  "mapbox-gl@3.32.0",
  "parquet-wasm@0.8.0",
  "react-dom@19.3.1",
  "react@19.3.1",
  "topojson-client@3.1.0"
];

/** What a page's own cells may use without importing it (`Inputs`, `html`, `svg`, `d3`) is made of these, which are installed. */
const INSTALLED = ["d3", "htl", "isoformat"];

/**
 * Gives Framework the libraries of its standard library as they are installed: what it would fetch from jsDelivr lies in its cache already.
 *
 * @param root the folder of pages
 */
export async function prepareStandardLibrary(root = path.join(ROOT, "src")): Promise<void> {
  const cache = path.join(root, ".observablehq/cache/_npm");
  await Promise.all([
    ...NAMED_ONLY.map((library) => mkdir(path.join(cache, library), {recursive: true})),
    ...INSTALLED.map((name) => bundleInto(cache, name))
  ]);
}

/** Makes an installed package the one module that Framework fetches of it. */
async function bundleInto(cache: string, name: string): Promise<void> {
  const folder = `${name}@${versionOf(name)}`;
  // It takes the highest version that is there, and one of an earlier installation may be higher.
  for (const entry of existsSync(cache) ? await readdir(cache) : [])
    if (entry.startsWith(`${name}@`) && entry !== folder) await rm(path.join(cache, entry), {recursive: true});
  const outfile = path.join(cache, folder, "_esm.js");
  if (existsSync(outfile)) return;
  await build({
    stdin: {contents: `export * from ${JSON.stringify(name)};`, resolveDir: ROOT},
    outfile,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "inline"
  });
}

function versionOf(name: string): string {
  const folders = createRequire(path.join(ROOT, "package.json")).resolve.paths(name)!;
  const file = folders.map((folder) => path.join(folder, name, "package.json")).find(existsSync);
  if (file === undefined) throw new Error(`The package ${name} is not installed: run npm ci.`);
  return (JSON.parse(readFileSync(file, "utf8")) as {readonly version: string}).version;
}
