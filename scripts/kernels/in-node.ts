import {availableParallelism} from "node:os";
import {Worker} from "node:worker_threads";
import {SERVE, createMachine} from "../../src/engine/wasm/machine.js";
import type {Machine, StartThread} from "../../src/engine/wasm/machine.js";
import {hasRelaxedSimd} from "../../src/engine/wasm/relaxed-simd.js";
import {compiledKernels} from "./compile.js";

/** Our kernels for this Node: with relaxed SIMD where it has that. */
export async function kernelsInNode(isThreaded = false): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await compiledKernels({isRelaxed: hasRelaxedSimd(), isThreaded}));
}

/** Who runs our kernels here. @param threads as many as there are cores by default */
export async function machineInNode(threads = availableParallelism()): Promise<Machine> {
  return createMachine(await kernelsInNode(threads > 1), {threads, start: startThread});
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
