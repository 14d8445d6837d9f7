/** A module of two instructions, the smallest with one that multiplies and adds at once. */
const MULTIPLY_ADD = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0],
  ...[32, 0, 32, 1, 32, 2, 253, 133, 2, 11]
]);

/** Whether WebAssembly has relaxed SIMD here. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(MULTIPLY_ADD);
}
