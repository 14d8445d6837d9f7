/** Weights on a grid of whole numbers times a scale, and back: what 8, 6 or 4 bits leave of them. Plain arrays, no tensors. */

/**
 * Where the grid lies.
 *
 * - `int`: as far to one side of zero as to the other, so that zero is on it (Krishnamoorthi 2018, section 2.2).
 * - `uint`: from the smallest weight to the largest, moved so that zero is on it: the zero point is a whole number (Jacob et al. 2018,
 *   section 2.1; the first quantised TensorFlow Lite models).
 * - `minmax`: exactly from the smallest weight to the largest, and zero falls between two of its values.
 */
export const GRIDS = ["int", "uint", "minmax"] as const;
export type Grid = (typeof GRIDS)[number];

export const BITS = [8, 6, 4] as const;
export type Bits = (typeof BITS)[number];

/** What one scale is for: every output channel of a kernel, or the whole kernel. */
export const SCALES_PER = ["channel", "tensor"] as const;
export type ScalePer = (typeof SCALES_PER)[number];

export interface Quantisation {
  readonly grid: Grid;
  readonly bits: Bits;
  readonly per: ScalePer;
}

/** A quantisation in a word, e.g. `int8-per-channel`. */
export type QuantisationName = `${Grid}${Bits}-per-${ScalePer}`;

export function quantisationName({grid, bits, per}: Quantisation): QuantisationName {
  return `${grid}${bits}-per-${per}`;
}

export const QUANTISATIONS: readonly Quantisation[] = GRIDS.flatMap((grid) =>
  BITS.flatMap((bits) => SCALES_PER.map((per) => ({grid, bits, per})))
);

/** The quantisation of this name; undefined where there is none. */
export function quantisationNamed(name: string): Quantisation | undefined {
  return QUANTISATIONS.find((each) => quantisationName(each) === name);
}

/** A kernel that was rounded to a grid. */
export interface Quantised {
  /** scale * (whole number - zero point), as an engine that reads the whole numbers computes with them. */
  readonly values: Float32Array;
  /** The step from one value of the grid to the next, one an output channel; 0 where a channel has no weight but zero. */
  readonly scales: Float64Array;
  /** What stands for zero, one an output channel; a fraction where zero is not on the grid. */
  readonly zeroPoints: Float64Array;
}

/**
 * Rounds a kernel to the nearest values of a grid, and writes them as floats again.
 *
 * @param values with the output channels as the fastest axis, as kernels have them, the depthwise ones [h, w, C, 1] too
 * @param channels how many there are
 */
export function quantise(values: Float32Array, channels: number, {grid, bits, per}: Quantisation): Quantised {
  const ranges = per === "channel" ? channels : 1;
  const {low, high} = extents(values, ranges);
  const largest = 2 ** bits - (grid === "int" ? 2 : 1);
  const lines = Array.from({length: ranges}, (_, i) => lineOf(grid, low[i]!, high[i]!, largest));
  const lineAt = (channel: number) => lines[channel % ranges]!;
  return {
    values: values.map((value, i) => {
      const {scale, zeroPoint} = lineAt(i);
      if (scale === 0) return value;
      const whole = Math.min(largest, Math.max(0, Math.round(value / scale + zeroPoint)));
      return scale * (whole - zeroPoint);
    }),
    scales: Float64Array.from({length: channels}, (_, channel) => lineAt(channel).scale),
    zeroPoints: Float64Array.from({length: channels}, (_, channel) => lineAt(channel).zeroPoint)
  };
}

interface Line {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** The grid of whole numbers from 0 to `largest` for values between two others. */
function lineOf(grid: Grid, low: number, high: number, largest: number): Line {
  if (grid === "int") return {scale: (2 * Math.max(-low, high)) / largest, zeroPoint: largest / 2};
  const [first, last] = grid === "uint" ? [Math.min(0, low), Math.max(0, high)] : [low, high];
  const scale = (last - first) / largest;
  // What is all one value keeps it.
  if (scale === 0) return {scale, zeroPoint: 0};
  const zeroPoint = -first / scale;
  return {scale, zeroPoint: grid === "uint" ? Math.round(zeroPoint) : zeroPoint};
}

/** Smallest and largest of the values, by their place modulo a number of ranges. */
function extents(values: Float32Array, ranges: number): {readonly low: Float64Array; readonly high: Float64Array} {
  const low = new Float64Array(ranges).fill(Infinity);
  const high = new Float64Array(ranges).fill(-Infinity);
  values.forEach((value, i) => {
    const range = i % ranges;
    if (value < low[range]!) low[range] = value;
    if (value > high[range]!) high[range] = value;
  });
  return {low, high};
}
