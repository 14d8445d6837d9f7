import type {Unit} from "../network.js";
import {INPUT, StepList} from "../step-list.js";
import type {Step} from "../steps/kinds.js";
import {layUnit} from "../units.js";

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

/** ResNet's bottleneck reduces to a quarter (He et al. 2015, figure 5). */
const REDUCTION = 4;

/** The descriptions; the layout of each is the one that backbones are built with. */
const DESCRIBE: Readonly<Record<UnitKind, (options: Required<UnitOptions>) => Unit>> = {
  baseline: ({channels}) => ({...UNIT, kind: "basic", channels, shortcut: "identity", activation: "relu"}),
  bottleneck: ({channels}) => ({...UNIT, ...bottleneckOf(channels), order: "post"}),
  preactivation: ({channels}) => ({...UNIT, ...bottleneckOf(channels), order: "pre", norms: "apart"}),
  inverted: ({channels, expansion}) => ({
    ...UNIT,
    kind: "inverted",
    kernel: 3,
    inputChannels: channels,
    expandedChannels: channels * expansion,
    channels,
    activation: "relu6",
    residual: true
  })
};

const UNIT = {name: UNIT_OUTPUT, stride: 1} as const;

function bottleneckOf(channels: number) {
  const reducedChannels = Math.max(1, Math.round(channels / REDUCTION));
  return {kind: "bottleneck", channels, reducedChannels, shortcut: "identity", activation: "relu"} as const;
}

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
  layUnit(steps, DESCRIBE[kind](options), {
    input: INPUT,
    output: UNIT_OUTPUT,
    part: (name) => name,
    stride: 1,
    rate,
    stridedPadding: "same"
  });
  return steps.list;
}

/** End point of the last layer of a unit's branch: what the addition adds to the skip. */
export function branchEnd(steps: readonly Step[]): string {
  return steps.at(-1)!.inputs[1]!;
}
