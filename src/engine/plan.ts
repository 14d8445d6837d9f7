import type {Network} from "./network.js";
import {INPUT, StepList, findStep} from "./steps.js";
import type {Step} from "./steps.js";

export {INPUT};
export type {Step, StepOp} from "./steps.js";

/** Strides of the output that the papers use and that a run accepts. */
export const OUTPUT_STRIDES = [8, 16, 32] as const;
export type OutputStride = (typeof OUTPUT_STRIDES)[number];

/** Output stride at which ASPP rates are stated. */
const RATES_OUTPUT_STRIDE = 16;

/** Smallest input side: one feature cell and its neighbour at output stride 32. */
export const MINIMUM_SIDE = 33;

export interface PlanOptions {
  /** Height of the network's input in pixels, an integer from 33 up. */
  readonly height: number;
  /** Width of the network's input in pixels, an integer from 33 up. */
  readonly width: number;
  /** Input size / feature size: 8, 16 (default) or 32. */
  readonly outputStride?: number;
  /** ASPP rates, one an atrous branch, stated at output stride 16; the network's own by default. */
  readonly rates?: readonly number[];
}

export interface Plan {
  readonly network: Network;
  readonly inputHeight: number;
  readonly inputWidth: number;
  readonly outputStride: number;
  /** Size of the backbone's output, which ASPP reads. */
  readonly featureHeight: number;
  readonly featureWidth: number;
  readonly steps: readonly Step[];
}

/** Name of the last step. */
export const LOGITS = "logits";

/**
 * Turns a description into the steps of a run for one input size and output stride.
 *
 * Strides are kept until the output stride is reached; a layer that would stride past it runs at
 * stride 1 with the rate so far and multiplies the rate of the layers after it (DeepLab v3, section
 * 3.2). ASPP rates scale with 16 / output stride, at least 1 (section 4). Nothing here depends on weights.
 *
 * @throws RangeError on a size below 33, an unknown output stride or rates that do not fit the branches
 */
export function plan(network: Network, options: PlanOptions): Plan {
  const {height, width, outputStride = 16} = options;
  checkSide("height", height);
  checkSide("width", width);
  if (!(OUTPUT_STRIDES as readonly number[]).includes(outputStride)) {
    throw new RangeError(`The output stride must be 8, 16 or 32; this one is ${outputStride}.`);
  }
  const rates = asppRates(network, outputStride, options.rates);
  const {activation, headActivation} = network;
  const steps = new StepList({height, width, channels: 3});

  let reached = 1;
  let rate = 1;
  /** Stride and rate with which a layer of the given training stride runs, and their effect on later layers. */
  const dilate = (stride: number): {stride: number; rate: number} => {
    if (stride === 1) return {stride, rate};
    if (reached >= outputStride) {
      const current = {stride: 1, rate};
      rate *= stride;
      return current;
    }
    reached *= stride;
    return {stride, rate};
  };

  const {stem, blocks} = network.backbone;
  let last = steps.conv(`backbone/${stem.name}`, INPUT, {
    kernelSize: 3,
    channels: stem.channels,
    stride: dilate(stem.stride).stride,
    activation
  });
  for (const block of blocks) {
    const name = `backbone/${block.name}`;
    const blockInput = last;
    if (block.expandedChannels !== block.inputChannels) {
      last = steps.conv(`${name}/expand`, last, {kernelSize: 1, channels: block.expandedChannels, activation});
    }
    last = steps.depthwise(`${name}/depthwise`, last, {...dilate(block.stride), activation});
    last = steps.conv(`${name}/project`, last, {kernelSize: 1, channels: block.outputChannels, activation: "linear"});
    if (block.residual) last = steps.add(name, blockInput, last);
  }

  const features = steps.get(last);
  const branches: string[] = [];
  let atrous = 0;
  for (const branch of network.aspp.branches) {
    const name = `aspp/${branch.name}`;
    const {channels} = branch;
    switch (branch.kind) {
      case "image_pooling": {
        const mean = steps.mean(`${name}/mean`, last);
        const conv = steps.conv(name, mean, {kernelSize: 1, channels, activation: headActivation});
        branches.push(steps.upsample(`${name}/upsampled`, conv, features.height, features.width));
        break;
      }
      case "conv_1x1":
        branches.push(steps.conv(name, last, {kernelSize: 1, channels, activation: headActivation}));
        break;
      case "atrous": {
        const convolution = branch.separable ? steps.separable : steps.conv;
        branches.push(convolution.call(steps, name, last, {kernelSize: 3, channels, rate: rates[atrous++]!, activation: headActivation}));
      }
    }
  }
  const joined = branches.length > 1 ? steps.concat("aspp/concat", branches) : branches[0]!;
  last = steps.conv("aspp/projection", joined, {kernelSize: 1, channels: network.aspp.projectionChannels, activation: headActivation});

  const {decoder} = network;
  if (decoder) {
    const skip = `backbone/${decoder.lowLevelEndPoint}`;
    const low = steps.get(
      steps.conv("decoder/low_level", skip, {kernelSize: 1, channels: decoder.lowLevelChannels, activation: headActivation})
    );
    const up = steps.upsample("decoder/upsampled", last, low.height, low.width);
    last = steps.concat("decoder/concat", [up, low.name]);
    for (const {name, channels, separable} of decoder.convolutions) {
      const convolution = separable ? steps.separable : steps.conv;
      last = convolution.call(steps, `decoder/${name}`, last, {kernelSize: 3, channels, activation: headActivation});
    }
  }
  steps.conv(LOGITS, last, {kernelSize: 1, channels: network.classes, activation: "linear"});

  return {
    network,
    inputHeight: height,
    inputWidth: width,
    outputStride,
    featureHeight: features.height,
    featureWidth: features.width,
    steps: steps.list
  };
}

/**
 * Shapes of all weights of a network by name: kernels HWIO, depthwise kernels [h, w, C, 1], biases [C].
 * They do not depend on input size, output stride or rates.
 */
export function weightShapes(network: Network): Record<string, number[]> {
  const shapes: Record<string, number[]> = {};
  for (const step of plan(network, {height: MINIMUM_SIDE, width: MINIMUM_SIDE}).steps) {
    if (step.op !== "conv" && step.op !== "depthwise") continue;
    const {kernelSize: k, inputChannels, channels} = step;
    shapes[`${step.name}/kernel`] = step.op === "conv" ? [k, k, inputChannels, channels] : [k, k, inputChannels, 1];
    shapes[`${step.name}/bias`] = [channels];
  }
  return shapes;
}

/** The rates of a network's atrous branches, stated at output stride 16; none where it has no such branch. */
export function ownRates({aspp}: Network): number[] {
  return aspp.branches.flatMap((branch) => (branch.kind === "atrous" ? [branch.rate] : []));
}

/** The step of a plan with this name. @throws RangeError where it has none */
export function stepNamed({steps}: Plan, name: string): Step {
  return findStep(steps, name);
}

function checkSide(side: string, value: number): void {
  if (!Number.isInteger(value) || value < MINIMUM_SIDE) {
    throw new RangeError(`The input ${side} must be a whole number of at least ${MINIMUM_SIDE} pixels; this one is ${value}.`);
  }
}

function asppRates(network: Network, outputStride: number, rates?: readonly number[]): number[] {
  const own = ownRates(network);
  const stated = rates ?? own;
  if (stated.length !== own.length || !stated.every((rate) => Number.isInteger(rate) && rate >= 1)) {
    throw new RangeError(`The ASPP of this network takes ${own.length} rates, whole numbers from 1 up; these are [${stated.join(", ")}].`);
  }
  return stated.map((rate) => Math.max(1, Math.round((rate * RATES_OUTPUT_STRIDE) / outputStride)));
}
