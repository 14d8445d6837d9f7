import {checkOutputStride, dilation} from "./dilation.js";
import {layHead} from "./head.js";
import type {LaidHead} from "./head.js";
import type {Network} from "./network.js";
import {INPUT, StepList, findStep} from "./step-list.js";
import {convolutionOf} from "./steps/convolution.js";
import {kindOf} from "./steps/kinds.js";
import type {Step} from "./steps/kinds.js";
import type {WeightSpec} from "./steps/kind.js";
import {layUnit} from "./units.js";

export {OUTPUT_STRIDES} from "./dilation.js";
export type {OutputStride} from "./dilation.js";
export {LOGITS} from "./logits.js";
export {INPUT};
export type {Step, StepOp} from "./steps/kinds.js";

/** Output stride at which ASPP rates are stated. */
export const RATES_OUTPUT_STRIDE = 16;

/** Smallest input side: one feature cell and its neighbour at output stride 32. */
export const MINIMUM_SIDE = 33;

export interface PlanOptions {
  /** Height of the network's input in pixels, an integer from 33 up. */
  readonly height: number;
  /** Width of the network's input in pixels, an integer from 33 up. */
  readonly width: number;
  /**
   * Input size / feature size: 8, 16 (default) or 32. Beyond what the backbone's own strides come to the features stay as large as those
   * make them, and only ASPP's rates follow.
   */
  readonly outputStride?: number;
  /** ASPP rates, one an atrous branch, stated at output stride 16; the network's own by default. */
  readonly rates?: readonly number[];
}

/** A unit of the backbone in one run. */
export interface RunningUnit {
  /** Relative to `backbone/`. */
  readonly name: string;
  /** End point of its output. */
  readonly endPoint: string;
  /** End point of the layer that carries its stride and rate. */
  readonly carrier: string;
  readonly trainedStride: number;
  readonly stride: number;
  readonly rate: number;
}

export interface Plan extends LaidHead {
  readonly network: Network;
  readonly inputHeight: number;
  readonly inputWidth: number;
  readonly outputStride: number;
  /** End point of the backbone's output, which ASPP reads. */
  readonly features: string;
  /** Size of the backbone's output. */
  readonly featureHeight: number;
  readonly featureWidth: number;
  /** The backbone's units in order. */
  readonly units: readonly RunningUnit[];
  readonly steps: readonly Step[];
}

/**
 * Turns a description into the steps of a run for one input size and output stride.
 *
 * Strides become rates by the rule of `dilation`. ASPP rates scale with 16 / output stride, at least 1 (DeepLab v3, section 4). Nothing
 * here depends on weights.
 *
 * @throws RangeError on a size below 33, an unknown output stride or rates that do not fit the branches
 */
export function plan(network: Network, options: PlanOptions): Plan {
  const {height, width, outputStride = 16} = options;
  checkSide("height", height);
  checkSide("width", width);
  checkOutputStride(outputStride);
  const rates = asppRates(network, outputStride, options.rates);
  const steps = new StepList({height, width, channels: 3});
  const {units: described, dilatesFrom} = network.backbone;
  const dilate = dilation(outputStride, dilatesFrom && {from: dilatesFrom});

  let features = INPUT;
  const units = described.map((unit): RunningUnit => {
    const {name, stride: trainedStride, rateFactor} = unit;
    const {stride, rate} = dilate(trainedStride, rateFactor);
    const {output, carrier} = layUnit(steps, unit, {
      input: features,
      output: `backbone/${name}`,
      part: (part) => `backbone/${name}/${part}`,
      stride,
      rate,
      stridedPadding: network.padding,
      afterDepthwise: network.depthwise
    });
    features = output;
    return {name, endPoint: output, carrier, trainedStride, stride, rate: convolutionOf(steps.get(carrier))?.rate ?? rate};
  });
  const {height: featureHeight, width: featureWidth} = steps.get(features);
  const head = layHead(steps, network, features, {rates, outputStride});
  return {
    network,
    inputHeight: height,
    inputWidth: width,
    outputStride,
    features,
    featureHeight,
    featureWidth,
    units,
    ...head,
    steps: steps.list
  };
}

/** The weights that steps have, by name. */
export function weightSpecs(steps: readonly Step[]): Record<string, WeightSpec> {
  return Object.fromEntries(
    steps.flatMap((step) => Object.entries(kindOf(step).weights(step, step.from)).map(([role, spec]) => [`${step.name}/${role}`, spec]))
  );
}

/** A plan of the smallest size, for what does not depend on size, stride and rates: names, shapes of weights. */
export function smallestPlan(network: Network): Plan {
  return plan(network, {height: MINIMUM_SIDE, width: MINIMUM_SIDE});
}

/**
 * Shapes of all weights of a network by name: kernels HWIO, depthwise kernels [h, w, C, 1], biases [C].
 * They do not depend on input size, output stride or rates.
 */
export function weightShapes(network: Network): Record<string, number[]> {
  return Object.fromEntries(Object.entries(networkWeights(network)).map(([name, {shape}]) => [name, [...shape]]));
}

/** All weights of a network by name. */
export function networkWeights(network: Network): Record<string, WeightSpec> {
  return weightSpecs(smallestPlan(network).steps);
}

/** The rates of a network's atrous branches, stated at output stride 16; none where it has no such branch. */
export function ownRates({head}: Network): number[] {
  return head.aspp.branches.flatMap((branch) => (branch.kind === "atrous" ? [branch.rate] : []));
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
