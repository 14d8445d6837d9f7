/** What rounding does to the kernels of a network, layer by layer and channel by channel: plain arrays, no tensors. */
import type {WeightMap} from "../model.js";
import type {Network} from "../network.js";
import {smallestPlan} from "../plan.js";
import {roundedKernel} from "../precision.js";
import type {WeightFormat} from "../precision.js";
import {convolutionOf} from "../steps/convolution.js";
import type {ConvolutionStep} from "../steps/convolution.js";

export interface LayerRounding {
  /** End point. */
  readonly layer: string;
  readonly op: ConvolutionStep["op"];
  readonly channels: number;
  /** Largest magnitude of the weights of each output channel. */
  readonly reach: Float64Array;
  /** Step of the grid in each output channel; null where the format has none. */
  readonly scales: Float64Array | null;
  /** Signal to noise of each output channel, in dB: Infinity where nothing is lost, NaN where there is no weight but zero. */
  readonly decibels: Float64Array;
  /** That of the median channel. */
  readonly medianDecibels: number;
  /** Share of the weights, 0-1, that are zero only after rounding. */
  readonly zeroed: number;
  /** Mean of what rounding adds, in steps of the grid: near 0 where errors cancel; null where the format has no grid. */
  readonly meanError: number | null;
}

/** The layers that have a kernel, in the order in which they run. */
export function kernelLayers(network: Network): ConvolutionStep[] {
  return smallestPlan(network).steps.flatMap((step) => convolutionOf(step) ?? []);
}

/** The depthwise ones among layers, which rounding hits first; of a network that has none, all. */
export function depthwiseFirst<Layer extends Pick<LayerRounding, "op">>(layers: readonly Layer[]): readonly Layer[] {
  const depthwise = layers.filter(({op}) => op === "depthwise");
  return depthwise.length > 0 ? depthwise : layers;
}

/** How far apart the channels of a layer reach: the widest as a multiple of the median. */
export function spread({reach}: Pick<LayerRounding, "reach">): number {
  const sorted = reach.toSorted();
  return sorted.at(-1)! / (medianOf(sorted) || Infinity);
}

/** @throws RangeError naming the weight that half precision cannot hold */
export function roundings(network: Network, weights: WeightMap, format: WeightFormat): LayerRounding[] {
  return kernelLayers(network).map((step) => layerRounding(step, weights, format));
}

function layerRounding({name: layer, op, channels}: ConvolutionStep, weights: WeightMap, format: WeightFormat): LayerRounding {
  const name = `${layer}/kernel`;
  const before = weights[name]!.values;
  const {values: after, grid} = roundedKernel(before, name, channels, format);
  const scales = grid?.scales ?? null;
  const reach = new Float64Array(channels);
  const signal = new Float64Array(channels);
  const noise = new Float64Array(channels);
  let zeroed = 0;
  let steps = 0;
  before.forEach((value, i) => {
    const channel = i % channels;
    const error = after[i]! - value;
    reach[channel] = Math.max(reach[channel]!, Math.abs(value));
    signal[channel]! += value ** 2;
    noise[channel]! += error ** 2;
    if (value !== 0 && after[i] === 0) zeroed++;
    if (scales && scales[channel]! > 0) steps += error / scales[channel]!;
  });
  const decibels = signal.map((power, channel) => 10 * Math.log10(power / noise[channel]!));
  return {
    layer,
    op,
    channels,
    reach,
    scales,
    decibels,
    medianDecibels: medianOf(decibels.filter((value) => !Number.isNaN(value)).sort()),
    zeroed: zeroed / before.length,
    meanError: scales && steps / before.length
  };
}

/** The middle one of sorted numbers. */
function medianOf(sorted: Float64Array): number {
  return sorted[sorted.length >> 1]!;
}
