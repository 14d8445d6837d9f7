import {existsSync} from "node:fs";
import path from "node:path";
import {pathToFileURL} from "node:url";
import {kernelFiles} from "./compile.js";

/**
 * Our kernels by the names of their files, compiled from a checkout's own sources.
 *
 * @param checkout its folder, this one by default; one from before there were any has none
 */
export async function kernelsOf(checkout?: string): ReturnType<typeof kernelFiles> {
  if (checkout === undefined) return kernelFiles();
  const compiler = path.resolve(checkout, "scripts/kernels/compile.ts");
  if (!existsSync(compiler)) return new Map();
  const theirs = (await import(pathToFileURL(compiler).href)) as {kernelFiles: typeof kernelFiles};
  return theirs.kernelFiles();
}
