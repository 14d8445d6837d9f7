import {execFile} from "node:child_process";
import {createHash} from "node:crypto";
import {mkdir, readFile, readdir, rename} from "node:fs/promises";
import {createRequire} from "node:module";
import path from "node:path";
import {promisify} from "node:util";
import {kernelsFile} from "../../src/engine/wasm/kernels-file.js";
import type {KernelsKind} from "../../src/engine/wasm/kernels-file.js";
import {ROOT} from "../site/root.js";

const {resolve} = createRequire(import.meta.url);

const SOURCES = path.join(ROOT, "src/engine/wasm/assembly");
const PACKAGE = resolve("assemblyscript/package.json");
const OPTIONS = ["-O3", "--runtime", "stub", "--noAssert", "--importMemory", "--enable", "simd"];
const RELAXED = ["--enable", "relaxed-simd"];
const THREADED = ["--enable", "threads", "--sharedMemory", "--maximumMemory", "65536"];

const KEPT = path.join(ROOT, ".cache/kernels");

/**
 * Cells of a tile of a product. Six with two vectors each, and what they are multiplied with, take 15 registers, as many as there are;
 * where a product and a sum are two instructions, one more.
 */
export type TileRows = 4 | 6;

/**
 * Our kernels, compiled; kept by a digest of what they are made of.
 *
 * @param kept where compiled modules are kept
 * @throws Error with the compiler's words on a source that it refuses
 */
export function compiledKernels(
  kind: KernelsKind,
  {rows = kind.isRelaxed ? 6 : 4, kept = KEPT}: {rows?: TileRows; kept?: string} = {}
): Promise<Uint8Array<ArrayBuffer>> {
  return compiled(kind.isThreaded ? "threaded.ts" : "index.ts", kind, kept, ["--use", `TILE_ROWS=${rows}`]);
}

/** The module that finds out how fast this machine multiplies and adds (`assembly/ceiling.ts`). */
export function compiledCeiling(isRelaxed: boolean): Promise<Uint8Array<ArrayBuffer>> {
  return compiled("ceiling.ts", {isRelaxed, isThreaded: false}, KEPT);
}

/**
 * The compiler runs in a process of its own: to import it changes how arrays are sorted (`findings/assemblyscript-sorts-numbers.sh`).
 *
 * @param entry the source that exports what the module has
 */
async function compiled(
  entry: string,
  {isRelaxed, isThreaded}: KernelsKind,
  kept: string,
  more: readonly string[] = []
): Promise<Uint8Array<ArrayBuffer>> {
  const names = (await readdir(SOURCES)).filter((name) => name.endsWith(".ts")).sort();
  const sources = new Map(await Promise.all(names.map(async (name) => [name, await readFile(path.join(SOURCES, name), "utf8")] as const)));
  const options = [...OPTIONS, ...(isRelaxed ? RELAXED : []), ...(isThreaded ? THREADED : []), ...more];
  const {version} = JSON.parse(await readFile(PACKAGE, "utf8")) as {version: string};
  const digest = createHash("sha256")
    .update(JSON.stringify([[...sources], entry, options, version]))
    .digest("hex")
    .slice(0, 16);
  const file = path.join(kept, `${digest}.wasm`);
  const found = await readFile(file).catch(() => null);
  if (found) return new Uint8Array(found);
  await mkdir(kept, {recursive: true});
  // Whoever else compiles at the same time finds a whole file or none.
  const made = path.join(kept, `${digest}.${process.pid}.wasm`);
  const compiler = path.join(path.dirname(PACKAGE), "bin/asc.js");
  await promisify(execFile)(process.execPath, [compiler, path.join(SOURCES, entry), "--outFile", made, ...options]).catch(
    ({stderr}: {stderr: string}) => {
      throw new Error(`The kernels do not compile: ${stderr}`);
    }
  );
  await rename(made, file);
  return new Uint8Array(await readFile(file));
}

/** All kinds by the names of their files in the site (`src/worker/kernels-backend.ts` asks for them). */
export async function kernelFiles(): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const kinds = [false, true].flatMap((isThreaded) => [false, true].map((isRelaxed) => ({isRelaxed, isThreaded})));
  return new Map(await Promise.all(kinds.map(async (kind) => [kernelsFile(kind), await compiledKernels(kind)] as const)));
}
