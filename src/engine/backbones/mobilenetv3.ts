import type {Activation, Backbone, InvertedUnit} from "../network.js";
import {normalised} from "./normalise.js";
import {depthwiseSkips} from "./skips.js";
import type {Skips} from "./skips.js";
import {inEights, scaledInEights} from "./width.js";

export type MobileNetV3Size = "large" | "small";

type Row = readonly [kernel: number, expanded: number, channels: number, squeezes: boolean, activation: Activation, stride: number];

const RE = "relu";
const HS = "hard_swish";

/** MobileNetV3, tables 1 and 2, up to the units of its last stride. */
const BODY: Readonly<Record<MobileNetV3Size, readonly Row[]>> = {
  large: [
    [3, 16, 16, false, RE, 1],
    [3, 64, 24, false, RE, 2],
    [3, 72, 24, false, RE, 1],
    [5, 72, 40, true, RE, 2],
    [5, 120, 40, true, RE, 1],
    [5, 120, 40, true, RE, 1],
    [3, 240, 80, false, HS, 2],
    [3, 200, 80, false, HS, 1],
    [3, 184, 80, false, HS, 1],
    [3, 184, 80, false, HS, 1],
    [3, 480, 112, true, HS, 1],
    [3, 672, 112, true, HS, 1]
  ],
  small: [
    [3, 16, 16, true, RE, 2],
    [3, 72, 24, false, RE, 2],
    [3, 88, 24, false, RE, 1],
    [5, 96, 40, true, HS, 2],
    [5, 240, 40, true, HS, 1],
    [5, 240, 40, true, HS, 1],
    [5, 120, 48, true, HS, 1],
    [5, 144, 48, true, HS, 1]
  ]
};

/** Expansions and channels of the last three units, and channels of the 1x1 after them. */
interface Tail {
  readonly expanded: readonly [number, number, number];
  readonly channels: number;
  readonly last: number;
}

/** Those of the tables, and as the release halves them for segmentation (MobileNetV3, section 6.4). */
const TAILS: Readonly<Record<"whole" | "halved", Readonly<Record<MobileNetV3Size, Tail>>>> = {
  whole: {
    large: {expanded: [672, 960, 960], channels: 160, last: 960},
    small: {expanded: [288, 576, 576], channels: 96, last: 576}
  },
  halved: {
    large: {expanded: [336, 480, 480], channels: 80, last: 480},
    small: {expanded: [144, 288, 288], channels: 48, last: 288}
  }
};

const STEM_CHANNELS = 16;
const STEM_STRIDE = 2;
const SQUEEZE = 4;

/**
 * MobileNetV3 as the DeepLab release changed it for segmentation (`mobilenet_v3_large_seg`, `mobilenet_v3_small_seg`): its last units have
 * half the channels. Its networks are padded "same".
 *
 * The release's program adds the input of a unit to its output where their channels agree and the unit runs without a stride; so the small
 * one has a sum more at output strides below 32, at which it was not trained. Here a unit adds what it was trained to add.
 */
export function mobileNetV3({size = "large"}: {size?: MobileNetV3Size} = {}): Backbone {
  const units = unitsOf(size, "halved", (channels) => channels);
  return {
    family: "mobilenet_v3",
    options: {size},
    units: [...units, lastOf(TAILS.halved[size].last)],
    skips: depthwiseSkips(units.slice(1), STEM_STRIDE)
  };
}

/**
 * MobileNetV3 as torchvision has it, dilated: at output stride 16 the unit that lost its stride takes the rate, too. Its networks are
 * padded "fixed".
 *
 * @param options.width `width_mult`
 * @throws RangeError when the width is not a positive finite number
 */
export function torchvisionMobileNetV3({size = "large", width = 1}: {size?: MobileNetV3Size; width?: number} = {}): Backbone {
  const scale = scaledInEights(width);
  const units = unitsOf(size, "whole", scale);
  const {channels} = units.at(-1)!;
  return normalised({
    family: "torchvision_mobilenet_v3",
    options: {size, width},
    units: [...units, lastOf(channels * LAST_EXPANSION)],
    dilatesFrom: "itself",
    skips: firstAtStride(units)
  });
}

/** Channels of torchvision's last 1x1 for each of the units before it. */
const LAST_EXPANSION = 6;

type Stem = Extract<Backbone["units"][number], {kind: "conv"}>;

function lastOf(channels: number): Stem {
  return {kind: "conv", name: "last", kernel: 1, channels, stride: 1, activation: HS};
}

/** The stem and the units. */
function unitsOf(size: MobileNetV3Size, tail: keyof typeof TAILS, scale: (channels: number) => number): [Stem, ...InvertedUnit[]] {
  const {expanded, channels: last} = TAILS[tail][size];
  const rows: readonly Row[] = [
    ...BODY[size],
    ...expanded.map((channels, index): Row => [5, channels, last, true, HS, index === 0 ? 2 : 1])
  ];
  let inputChannels = scale(STEM_CHANNELS);
  const stem: Stem = {kind: "conv", name: "conv", kernel: 3, channels: inputChannels, stride: STEM_STRIDE, activation: HS};
  const units = rows.map(([kernel, expanded, given, squeezes, activation, stride], index): InvertedUnit => {
    const read = inputChannels;
    const expandedChannels = scale(expanded);
    const channels = scale(given);
    inputChannels = channels;
    return {
      kind: "inverted",
      name: `block_${String(index).padStart(2, "0")}`,
      kernel,
      inputChannels: read,
      expandedChannels,
      channels,
      stride,
      activation,
      ...(squeezes && {
        squeeze: {channels: inEights(Math.floor(expandedChannels / SQUEEZE)), activation: "relu", gate: "hard_sigmoid"} as const
      }),
      residual: stride === 1 && read === channels
    };
  });
  return [stem, ...units];
}

/** As torchvision's LR-ASPP reads it: what the first unit at each stride gives. */
function firstAtStride([stem, ...units]: readonly [Stem, ...InvertedUnit[]]): Skips {
  let stride = stem.stride;
  return Object.fromEntries(units.filter((unit) => unit.stride > 1).map((unit) => [(stride *= unit.stride), `${unit.name}/project`]));
}
