import {Worker} from "node:worker_threads";
import {hasRelaxedSimd} from "../../../src/engine/wasm/relaxed-simd.js";
import {compiledCeiling} from "../../kernels/compile.js";

/** How fast this machine multiplies and adds, whatever is computed. */
export interface Ceiling {
  /** Billions of multiplications and additions a second that so many threads come to together, each in registers alone. */
  gigaflops(threads: number): Promise<number>;
  dispose(): void;
}

/** Some milliseconds. */
const TURNS = 500_000;

const SCRIPT = `require("node:worker_threads").parentPort.on("message", ({module, turns}) => {
  globalThis.kernels ??= new WebAssembly.Instance(module, {env: {memory: new WebAssembly.Memory({initial: 1})}}).exports;
  const begin = performance.now();
  const count = kernels.multiplyAdd(turns, 0.5, 0.25);
  require("node:worker_threads").parentPort.postMessage(2 * count / (performance.now() - begin) / 1e6);
})`;

/** @param most threads that are asked about at most */
export async function measuredCeiling(most: number): Promise<Ceiling> {
  const module = await WebAssembly.compile(await compiledCeiling(hasRelaxedSimd()));
  const workers = Array.from({length: most}, () => new Worker(SCRIPT, {eval: true}));
  const one = (worker: Worker) =>
    new Promise<number>((resolve) => {
      worker.once("message", resolve);
      worker.postMessage({module, turns: TURNS});
    });
  return {
    async gigaflops(threads) {
      const rates = await Promise.all(workers.slice(0, threads).map(one));
      return rates.reduce((sum, rate) => sum + rate, 0);
    },
    dispose: () => workers.forEach((worker) => void worker.terminate())
  };
}
