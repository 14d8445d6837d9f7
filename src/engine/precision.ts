import {f16round} from "@petamoriken/float16";
import type {Weight, WeightMap} from "./model.js";
import type {WeightSpec} from "./steps/kind.js";

/** How weights are kept: as they are, as half-precision floats, or as 8-bit whole numbers with a scale. */
export const PRECISIONS = ["float32", "float16", "int8"] as const;
export type Precision = (typeof PRECISIONS)[number];

/** Largest whole number of a symmetric 8-bit quantiser: -128 is left out, so that both signs reach as far. */
const INT8_LARGEST = 127;

/** Largest finite number of half precision. */
const HALF_LARGEST = 65504;

/**
 * Weights as a lower precision would keep them, written as 32-bit floats again, so that a run shows what the rounding does.
 * Activations are not rounded.
 *
 * - `float16`: every value to the nearest half-precision float.
 * - `int8`: kernels to whole numbers from -127 to 127 times a scale of each output channel, its largest magnitude / 127
 *   (symmetric, per channel: Jacob et al. 2018, section 3; Krishnamoorthi 2018, section 2); biases stay, as they are kept in
 *   32 bits there too.
 *
 * @param specs what each weight is, as `networkWeights` tells
 * @throws RangeError naming the weight that half precision cannot hold
 */
export function atPrecision(weights: WeightMap, precision: Precision, specs: Readonly<Record<string, WeightSpec>>): WeightMap {
  if (precision === "float32") return weights;
  const round = precision === "float16" ? half : eightBits;
  return Object.fromEntries(
    Object.entries(weights).map(([name, weight]) => [name, {shape: weight.shape, values: round(weight, name, specs[name])}])
  );
}

function half({values}: Weight, name: string): Float32Array {
  return values.map((value) => {
    if (Math.abs(value) > HALF_LARGEST)
      throw new RangeError(`The weight "${name}" holds ${value}, which half precision cannot: choose 8 bits or 32.`);
    return f16round(value);
  });
}

function eightBits({shape, values}: Weight, _name: string, spec: WeightSpec | undefined): Float32Array {
  if (!spec || spec.fanIn === 0) return values;
  // In both layouts of kernels the output channels are the fastest axis.
  const channels = shape[spec.outputAxis]!;
  const largest = new Float64Array(channels);
  values.forEach((value, i) => (largest[i % channels] = Math.max(largest[i % channels]!, Math.abs(value))));
  const scales = largest.map((value) => value / INT8_LARGEST);
  return values.map((value, i) => {
    const scale = scales[i % channels]!;
    return scale > 0 ? Math.round(value / scale) * scale : 0;
  });
}
