import {createHash} from "node:crypto";
import {mkdir, readFile, readdir, rename, writeFile} from "node:fs/promises";
import {createRequire} from "node:module";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "../..");
const SOURCES = path.join(ROOT, "src/engine/wasm/assembly");
const ENTRY = "index.ts";
const OPTIONS = ["-O3", "--runtime", "stub", "--noAssert", "--importMemory", "--enable", "simd"];
const RELAXED = ["--enable", "relaxed-simd"];

/**
 * Our kernels, compiled; kept by a digest of what they are made of.
 *
 * @param isRelaxed with instructions that multiply and add at once, which not every engine knows
 * @param kept where compiled modules are kept
 * @throws Error with the compiler's words on a source that it refuses
 */
export async function compiledKernels(isRelaxed: boolean, kept = path.join(ROOT, ".cache/kernels")): Promise<Uint8Array<ArrayBuffer>> {
  const names = (await readdir(SOURCES)).filter((name) => name.endsWith(".ts")).sort();
  const sources = new Map(await Promise.all(names.map(async (name) => [name, await readFile(path.join(SOURCES, name), "utf8")] as const)));
  const options = isRelaxed ? [...OPTIONS, ...RELAXED] : OPTIONS;
  const {version} = createRequire(import.meta.url)("assemblyscript/package.json") as {version: string};
  const digest = createHash("sha256")
    .update(JSON.stringify([[...sources], options, version]))
    .digest("hex")
    .slice(0, 16);
  const file = path.join(kept, `${digest}.wasm`);
  const found = await readFile(file).catch(() => null);
  if (found) return new Uint8Array(found);
  const bytes = await compile(sources, options);
  await mkdir(kept, {recursive: true});
  // Whoever else compiles at the same time finds a whole file or none.
  await writeFile(`${file}.${process.pid}`, bytes);
  await rename(`${file}.${process.pid}`, file);
  return bytes;
}

async function compile(sources: ReadonlyMap<string, string>, options: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  // Only here: to load the compiler takes seconds.
  const {default: asc} = await import("assemblyscript/asc");
  const made = new Map<string, Uint8Array | string>();
  const {error, stderr} = await asc.main([ENTRY, "--outFile", "kernels.wasm", ...options], {
    readFile: (name) => sources.get(name) ?? null,
    writeFile: (name, contents) => void made.set(name, contents),
    listFiles: () => []
  });
  const bytes = made.get("kernels.wasm");
  if (error || !(bytes instanceof Uint8Array)) throw new Error(`The kernels do not compile: ${stderr?.toString() ?? error?.message}`);
  return new Uint8Array(bytes);
}
