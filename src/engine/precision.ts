import {f16round} from "@petamoriken/float16";
import {endPointOf} from "./model.js";
import type {Weight, WeightMap} from "./model.js";
import {quantisationNamed, quantise} from "./quantise.js";
import type {QuantisationName, Quantised} from "./quantise.js";
import type {WeightSpec} from "./steps/kind.js";

/** What weights are usually kept as: as they are, as half-precision floats, or as 8-bit whole numbers with a scale a channel. */
export const PRECISIONS = ["float32", "float16", "int8"] as const;
export type Precision = (typeof PRECISIONS)[number];

/** One of these, or another quantisation; "int8" is short for "int8-per-channel". */
export type WeightFormat = Precision | QuantisationName;

/** Largest finite number of half precision. */
const HALF_LARGEST = 65504;

/**
 * Weights as a lower precision would keep them, written as 32-bit floats again, so that a run shows what the rounding does.
 * Activations are not rounded.
 *
 * - `float16`: every value to the nearest half-precision float.
 * - a quantisation: kernels to whole numbers times a scale (see `quantise`); biases stay, as they are kept in 32 bits there too
 *   (Jacob et al. 2018, section 2.4).
 *
 * @param specs what each weight is, as `networkWeights` tells
 * @param layers end points whose weights are rounded; all by default
 * @throws RangeError naming the weight that half precision cannot hold
 */
export function atPrecision(
  weights: WeightMap,
  format: WeightFormat,
  specs: Readonly<Record<string, WeightSpec>>,
  layers?: readonly string[]
): WeightMap {
  if (format === "float32") return weights;
  const rounded = layers && new Set(layers);
  return Object.fromEntries(
    Object.entries(weights).map(([name, weight]) => [
      name,
      rounded?.has(endPointOf(name)) === false ? weight : {...weight, values: round(weight, name, format, specs[name])}
    ])
  );
}

function round(weight: Weight, name: string, format: WeightFormat, spec: WeightSpec | undefined): Float32Array {
  if (format === "float16") return half(weight.values, name);
  if (!spec || spec.fanIn === 0) return weight.values;
  return roundedKernel(weight.values, name, weight.shape[spec.outputAxis]!, format).values;
}

/**
 * A kernel as `atPrecision` rounds it.
 *
 * @param values with the output channels as the fastest axis
 * @returns with it, where it was rounded to a grid, where that lies in each channel
 * @throws as `atPrecision`
 */
export function roundedKernel(
  values: Float32Array,
  name: string,
  channels: number,
  format: WeightFormat
): {readonly values: Float32Array; readonly grid: Omit<Quantised, "values"> | null} {
  if (format === "float32") return {values, grid: null};
  if (format === "float16") return {values: half(values, name), grid: null};
  const {values: rounded, ...grid} = quantise(values, channels, quantisationNamed(format === "int8" ? "int8-per-channel" : format)!);
  return {values: rounded, grid};
}

function half(values: Float32Array, name: string): Float32Array {
  return values.map((value) => {
    if (Math.abs(value) > HALF_LARGEST)
      throw new RangeError(`The weight "${name}" holds ${value}, which half precision cannot: choose 8 bits or 32.`);
    return f16round(value);
  });
}
