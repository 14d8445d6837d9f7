import type {Weight, WeightMap} from "../../src/engine/model.js";
import type {Activation, ConvUnit, InvertedUnit, Network} from "../../src/engine/network.js";
import type {Sampling} from "../../src/engine/steps/upsample.js";
import type {Operation} from "../../src/importers/operations.js";

export interface GraphOptions {
  /** Output stride with which the graph is "exported": strides beyond it become rates. */
  readonly outputStride?: number;
  /** Order of the ASPP branches in the concatenation, as indices into the description. */
  readonly branchOrder?: readonly number[];
  /** Whether the decoder joins the skip before the upsampled features instead of after. */
  readonly lowLevelFirst?: boolean;
  /** How maps are enlarged. */
  readonly modes?: {readonly pooled?: Sampling; readonly decoder?: Sampling; readonly logits?: Sampling};
}

/**
 * A network as the operations that an exported file would have: convolution, bias and activation apart, names that say
 * nothing. The reverse of what the importers do, written from the description alone.
 */
export function operationsOf(
  network: Network,
  weights: WeightMap,
  {outputStride = 16, branchOrder, lowLevelFirst = false, modes = {}}: GraphOptions = {}
): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  const endPoints = new Map<string, string>();
  const push = (operation: Operation): string => {
    const name = `n${operations.size}`;
    operations.set(name, operation);
    return name;
  };
  const layer = (
    op: "conv" | "depthwise",
    name: string,
    input: string,
    activation: Activation,
    {stride = 1, rate = 1, kernel = weights[`${name}/kernel`]!, bias = weights[`${name}/bias`]!} = {}
  ) => {
    let last = push({op: "affine", input: push({op, input, kernel, stride, rate}), shift: bias.values});
    if (activation !== "linear") last = push({op: "activation", input: last, activation});
    endPoints.set(name, last);
    return last;
  };
  const {
    backbone,
    head: {
      aspp,
      decoder: [decoder],
      activation: headActivation
    }
  } = network;
  const [stem, ...blocks] = backbone.units as [ConvUnit, ...InvertedUnit[]];
  const {activation} = stem;

  let reached = 1;
  let rate = 1;
  const strided = (stride: number) => {
    const current = {stride: reached < outputStride ? stride : 1, rate};
    if (reached < outputStride) reached *= stride;
    else rate *= stride;
    return current;
  };
  let last = layer("conv", "backbone/conv", push({op: "other", inputs: []}), activation, strided(2));
  for (const block of blocks) {
    const name = `backbone/${block.name}`;
    const input = last;
    if (block.expandedChannels !== block.inputChannels) last = layer("conv", `${name}/expand`, last, activation);
    last = layer("depthwise", `${name}/depthwise`, last, activation, strided(block.stride));
    last = layer("conv", `${name}/project`, last, "linear");
    if (block.residual) last = push({op: "add", inputs: [last, input]});
  }

  const features = last;
  const ends = aspp.branches.map((branch) => {
    const name = `aspp/${branch.name}`;
    if (branch.kind === "image_pooling")
      return push({
        op: "resize",
        mode: modes.pooled ?? "corners",
        input: layer("conv", name, push({op: "mean", input: features}), headActivation)
      });
    if (branch.kind === "conv_1x1") return layer("conv", name, features, headActivation);
    const options = {rate: (branch.rate * 16) / outputStride};
    if (!branch.separable) return layer("conv", name, features, headActivation, options);
    // As TensorFlow exports atrous depthwise convolutions: SpaceToBatchND around rate 1.
    const depthwise = layer("depthwise", `${name}/depthwise`, push({op: "atrous", input: features, rate: options.rate}), headActivation);
    return layer("conv", `${name}/pointwise`, push({op: "gather", input: depthwise}), headActivation);
  });
  const order = branchOrder ?? ends.map((_, index) => index);
  const starts = startsOf(aspp.branches.map(({channels}) => channels));
  const kernel = rowsOf(
    weights["aspp/projection/kernel"]!,
    order.map((index) => [starts[index]!, aspp.branches[index]!.channels])
  );
  last = layer("conv", "aspp/projection", push({op: "concat", inputs: order.map((index) => ends[index]!)}), headActivation, {kernel});

  if (decoder) {
    const skip = layer("conv", "decoder/low_level", endPoints.get(`backbone/${decoder.lowLevelEndPoint}`)!, headActivation);
    const up = push({op: "resize", mode: modes.decoder ?? "corners", input: last});
    last = push({op: "concat", inputs: lowLevelFirst ? [skip, up] : [up, skip]});
    const halves: [number, number][] = [
      [0, aspp.projectionChannels!],
      [aspp.projectionChannels!, decoder.lowLevelChannels]
    ];
    decoder.convolutions.forEach(({name, separable}, index) => {
      const moved = (weight: Weight) => (lowLevelFirst && index === 0 ? rowsOf(weight, halves.toReversed()) : weight);
      const full = `decoder/${name}`;
      if (separable) {
        const bias = weights[`${full}/depthwise/bias`]!;
        const asRows = rowsOf(
          {shape: [1, 1, bias.shape[0]!, 1], values: bias.values},
          lowLevelFirst && index === 0 ? halves.toReversed() : [[0, bias.shape[0]!]]
        );
        last = layer("depthwise", `${full}/depthwise`, last, headActivation, {
          kernel: moved(weights[`${full}/depthwise/kernel`]!),
          bias: {shape: bias.shape, values: asRows.values}
        });
        last = layer("conv", `${full}/pointwise`, last, headActivation, {kernel: moved(weights[`${full}/pointwise/kernel`]!)});
      } else {
        last = layer("conv", full, last, headActivation, {kernel: moved(weights[`${full}/kernel`]!)});
      }
    });
  }
  push({op: "resize", mode: modes.logits ?? "corners", input: layer("conv", "logits", last, "linear")});
  return operations;
}

/** A kernel of the given segments (start, count) of its input channels. */
function rowsOf({shape, values}: Weight, segments: readonly (readonly [number, number])[]): Weight {
  const [height = 1, width = 1, inputs = 1, outputs = 1] = shape;
  const rows: number[] = [];
  for (let position = 0; position < height * width; position++) {
    for (const [start, count] of segments) {
      const from = (position * inputs + start) * outputs;
      rows.push(...values.subarray(from, from + count * outputs));
    }
  }
  return {shape, values: Float32Array.from(rows)};
}

function startsOf(counts: readonly number[]): number[] {
  return counts.map((_, index) => counts.slice(0, index).reduce((sum, count) => sum + count, 0));
}
