import type {Weight, WeightMap} from "./model.js";
import {pseudoRandom} from "./seeded.js";
import type {Step} from "./steps.js";

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
  for (const {name, op, kernelSize: k, inputChannels, channels, parameters} of steps) {
    if (op === "conv" || op === "depthwise") {
      const fanIn = op === "conv" ? k * k * inputChannels : k * k;
      const kernel = around(0, Math.sqrt(6 / fanIn), op === "conv" ? [k, k, inputChannels, channels] : [k, k, channels, 1]);
      weights[`${name}/kernel`] = kernel;
      if (parameters > kernel.values.length) weights[`${name}/bias`] = around(0, 0.1, [channels]);
    } else if (op === "batch_norm") {
      weights[`${name}/scale`] = around(1, 0.1, [channels]);
      weights[`${name}/shift`] = around(0, 0.1, [channels]);
    }
  }
  return weights;
}
