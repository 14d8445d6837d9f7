import type {Weight, WeightMap} from "./model.js";
import {weightSpecs} from "./plan.js";
import {pseudoRandom} from "./seeded.js";
import type {Step} from "./steps/kinds.js";

/**
 * Untrained weights for steps: kernels uniform with the variance 2 / fan-in (He et al. 2015), which keeps the size of
 * activations from layer to layer; biases and shifts within 0.1 of zero, batch norm's scales within 0.1 of one.
 *
 * @returns by name as `execute` reads them: kernels HWIO, depthwise kernels HWC1, a bias only where the step counts one
 */
export function randomWeights(steps: readonly Step[], seed: number): WeightMap {
  const next = pseudoRandom(seed);
  const around = (middle: number, reach: number, shape: readonly number[]): Weight => ({
    shape,
    values: Float32Array.from({length: shape.reduce((product, side) => product * side, 1)}, () => middle + (2 * next() - 1) * reach)
  });
  const weights: Record<string, Weight> = {};
  for (const [name, {shape, part, fanIn}] of Object.entries(weightSpecs(steps))) {
    const isKernel = fanIn > 0;
    weights[name] = isKernel ? around(0, Math.sqrt(6 / fanIn), shape) : around(part === "factor" ? 1 : 0, 0.1, shape);
  }
  return weights;
}
