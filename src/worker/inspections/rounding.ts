import {roundedKernel} from "../../engine/precision.js";
import type {WeightFormat} from "../../engine/precision.js";
import {depthwiseFirst, roundings, spread} from "../../engine/readings/rounding.js";
import type {LayerRounding} from "../../engine/readings/rounding.js";
import {weightHistogram} from "../../engine/readings/weight-histogram.js";
import type {WeightHistogram} from "../../engine/readings/weight-histogram.js";
import type {Prepared} from "./prepared.js";

export interface Rounding {
  /** Every layer that has a kernel, in the order in which they run. */
  readonly layers: readonly LayerRounding[];
  /** That which was asked for, or the depthwise one whose channels reach furthest apart. */
  readonly layer: LayerRounding;
  readonly histogram: WeightHistogram;
}

/**
 * What rounding the weights as a format says does to each layer.
 *
 * @throws RangeError naming the weight that half precision cannot hold
 */
export async function rounding(
  {model: {network, weights}}: Prepared,
  {format, layer}: {readonly format: WeightFormat; readonly layer: string}
): Promise<Rounding> {
  const layers = roundings(network, weights, format);
  const chosen = layers.find((each) => each.layer === layer) ?? furthestApart(layers);
  const name = `${chosen.layer}/kernel`;
  const {values} = weights[name]!;
  const {values: after, grid} = roundedKernel(values, name, chosen.channels, format);
  const [step, zeroPoint] = [grid?.scales[0], grid?.zeroPoints[0]];
  // Channels with grids of their own have no common one.
  const isShared = step !== undefined && grid!.scales.every((scale) => scale === step) && step > 0;
  return {
    layers,
    layer: chosen,
    histogram: weightHistogram(values, after, isShared ? {step, offset: (Math.round(zeroPoint!) - zeroPoint!) * step} : null)
  };
}

/** The depthwise layer whose widest channel is furthest from the median. */
function furthestApart(layers: readonly LayerRounding[]): LayerRounding {
  return depthwiseFirst(layers).toSorted((a, b) => spread(b) - spread(a))[0]!;
}
