import {hasRelaxedSimd} from "../../src/engine/wasm/relaxed-simd.js";
import {compiledKernels} from "./compile.js";

/** Our kernels for this Node: with relaxed SIMD where it has that. */
export async function kernelsInNode(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await compiledKernels(hasRelaxedSimd()));
}
