import {availableParallelism} from "node:os";
import {Worker} from "node:worker_threads";
import {SERVE, createMachine} from "../../src/engine/wasm/machine.js";
import type {Machine, StartThread} from "../../src/engine/wasm/machine.js";
import {hasRelaxedSimd} from "../../src/engine/wasm/relaxed-simd.js";
import {compiledKernels} from "./compile.js";
import type {TileRows} from "./compile.js";

/** Before this version V8 reads all cells of a tile before it multiplies the first of them, for which six take too many registers. */
const IN_ORDER = 13;

/** Our kernels for this Node: with relaxed SIMD where it has that. */
export async function kernelsInNode(isThreaded = false, rows?: TileRows): Promise<WebAssembly.Module> {
  const isRelaxed = hasRelaxedSimd();
  const isInOrder = Number.parseInt(process.versions.v8) >= IN_ORDER;
  return WebAssembly.compile(await compiledKernels({isRelaxed, isThreaded}, {rows: rows ?? (isRelaxed && isInOrder ? 6 : 4)}));
}

/** Who runs our kernels here. @param threads as many as there are cores by default */
export async function machineInNode(threads = availableParallelism(), rows?: TileRows): Promise<Machine> {
  return createMachine(await kernelsInNode(threads > 1, rows), {threads, start: startThread});
}

const SCRIPT = `require("node:worker_threads").parentPort.once("message", ${SERVE})`;

export const startThread: StartThread = (work) => {
  const worker = new Worker(SCRIPT, {eval: true});
  // It does not keep the process, and what it breaks off with, the others notice by themselves.
  worker.unref();
  worker.on("error", () => {});
  worker.postMessage(work);
  return {end: () => void worker.terminate()};
};
