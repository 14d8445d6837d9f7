import {pseudoRandom} from "../engine/seeded.js";

/** Deviation of new kernels (the release's initialiser of its logits). */
const SPREAD = 0.01;

/** Draws the values of a new kernel: around zero, with this deviation. */
export type DrawKernel = (shape: readonly number[], deviation?: number) => Float32Array;

/** Draws new kernels, one after the other, by a seed. */
export function kernelDrawer(seed: number): DrawKernel {
  const next = pseudoRandom(seed);
  // The sum of twelve uniform numbers less six is near enough to a normal one, and has no tails.
  const normal = () => Array.from({length: 12}, next).reduce((a, b) => a + b) - 6;
  return (shape, deviation = SPREAD) => {
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
    return values.map(() => deviation * normal());
  };
}
