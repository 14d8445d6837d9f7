import {INPUT, StepList} from "../steps.js";
import type {Step} from "../steps.js";

/** The four residual units that DeepLab's backbones are stacked from, each as steps that `execute` runs. */

export const UNITS = ["baseline", "bottleneck", "preactivation", "inverted"] as const;
export type UnitKind = (typeof UNITS)[number];

/** End point of a unit's output: the addition of skip and branch. */
export const UNIT_OUTPUT = "unit";

export interface UnitOptions {
  /** Channels that the unit reads and gives. */
  readonly channels: number;
  /** Side of the feature map in cells. */
  readonly size: number;
  /** Atrous rate of its 3x3 convolutions; 1 by default. */
  readonly rate?: number;
  /** Hidden channels of the inverted residual per channel of its input; 6 by default (MobileNetV2, section 3.3). */
  readonly expansion?: number;
}

type Unit = (steps: StepList, options: Required<UnitOptions>) => string;

/** ResNet's bottleneck reduces to a quarter (He et al. 2015, figure 5). */
const REDUCTION = 4;

/** Two 3x3, batch norm folded; ReLU after the addition (He et al. 2015, section 3.3). */
const baseline: Unit = (steps, {channels, rate}) => {
  const first = steps.conv("conv_1", INPUT, {kernelSize: 3, channels, rate, activation: "relu"});
  const second = steps.conv("conv_2", first, {kernelSize: 3, channels, rate, activation: "linear"});
  return steps.add(UNIT_OUTPUT, INPUT, second, "relu");
};

/** 1x1 to a quarter of the channels, 3x3, 1x1 back, batch norm folded; ReLU after the addition (He et al. 2015, section 4.1). */
const bottleneck: Unit = (steps, {channels, rate}) => {
  const reduced = reducedChannels(channels);
  const reduce = steps.conv("reduce", INPUT, {kernelSize: 1, channels: reduced, activation: "relu"});
  const conv = steps.conv("conv", reduce, {kernelSize: 3, channels: reduced, rate, activation: "relu"});
  const restore = steps.conv("restore", conv, {kernelSize: 1, channels, activation: "linear"});
  return steps.add(UNIT_OUTPUT, INPUT, restore, "relu");
};

/**
 * The bottleneck with batch norm and ReLU before each convolution and nothing after the addition, so that skips of
 * stacked units join without a break (ResNet v2: He et al. 2016, "Identity Mappings", section 4). A convolution that a
 * batch norm follows needs no bias.
 */
const preactivation: Unit = (steps, {channels, rate}) => {
  const reduced = reducedChannels(channels);
  const norm1 = steps.batchNorm("norm_1", INPUT, "relu");
  const reduce = steps.conv("reduce", norm1, {kernelSize: 1, channels: reduced, activation: "linear", bias: false});
  const norm2 = steps.batchNorm("norm_2", reduce, "relu");
  const conv = steps.conv("conv", norm2, {kernelSize: 3, channels: reduced, rate, activation: "linear", bias: false});
  const norm3 = steps.batchNorm("norm_3", conv, "relu");
  const restore = steps.conv("restore", norm3, {kernelSize: 1, channels, activation: "linear"});
  return steps.add(UNIT_OUTPUT, INPUT, restore);
};

/** 1x1 to six times the channels, depthwise 3x3, linear 1x1 back, batch norm folded (MobileNetV2, section 3.3). */
const inverted: Unit = (steps, {channels, rate, expansion}) => {
  const expand = steps.conv("expand", INPUT, {kernelSize: 1, channels: channels * expansion, activation: "relu6"});
  const depthwise = steps.depthwise("depthwise", expand, {stride: 1, rate, activation: "relu6"});
  const project = steps.conv("project", depthwise, {kernelSize: 1, channels, activation: "linear"});
  return steps.add(UNIT_OUTPUT, INPUT, project);
};

const BUILD: Readonly<Record<UnitKind, Unit>> = {baseline, bottleneck, preactivation, inverted};

/**
 * The steps of one unit with stride 1, from its input to `UNIT_OUTPUT`.
 *
 * @throws RangeError where channels, size, rate or expansion is not a whole number from 1 up
 */
export function residualUnit(kind: UnitKind, {channels, size, rate = 1, expansion = 6}: UnitOptions): readonly Step[] {
  const options = {channels, size, rate, expansion};
  for (const [name, value] of Object.entries(options)) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`A unit's ${name} must be a whole number from 1 up; this one is ${value}.`);
  }
  const steps = new StepList({height: size, width: size, channels});
  BUILD[kind](steps, options);
  return steps.list;
}

/** End point of the last layer of a unit's branch: what the addition adds to the skip. */
export function branchEnd(steps: readonly Step[]): string {
  return steps.at(-1)!.inputs[1]!;
}

function reducedChannels(channels: number): number {
  return Math.max(1, Math.round(channels / REDUCTION));
}
