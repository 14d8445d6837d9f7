import {compiledKernels} from "./compile.js";

/** A module of two instructions, the smallest with one that multiplies and adds at once. */
const RELAXED = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0],
  ...[32, 0, 32, 1, 32, 2, 253, 133, 2, 11]
]);

/** Our kernels for this Node: with relaxed SIMD where it has that. */
export async function kernelsInNode(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await compiledKernels(WebAssembly.validate(RELAXED)));
}
