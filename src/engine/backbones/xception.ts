import type {Backbone, ConvUnit, SeparableUnit} from "../network.js";
import type {Skips} from "./skips.js";
import {scaledBy} from "./width.js";

export type XceptionDepth = 41 | 65 | 71;

interface Entry {
  readonly channels: number;
  readonly stride: number;
}

const SHORT_ENTRY: readonly Entry[] = [
  {channels: 128, stride: 2},
  {channels: 256, stride: 2},
  {channels: 728, stride: 2}
];

/** Units of the entry flow, and how many there are in the middle flow. */
const FLOWS: Readonly<Record<XceptionDepth, {readonly entry: readonly Entry[]; readonly middle: number}>> = {
  41: {entry: SHORT_ENTRY, middle: 8},
  65: {entry: SHORT_ENTRY, middle: 16},
  71: {
    entry: [
      {channels: 128, stride: 2},
      {channels: 256, stride: 1},
      {channels: 256, stride: 2},
      {channels: 728, stride: 1},
      {channels: 728, stride: 2}
    ],
    middle: 16
  }
};

const MIDDLE_CHANNELS = 728;
const ROOT_STRIDE = 2;

export interface XceptionOptions {
  readonly depth?: XceptionDepth;
  /** Width multiplier; the paper and the release have 1. */
  readonly width?: number;
  /** Factors on the rates of the exit flow's last three convolutions. */
  readonly multiGrid?: readonly [number, number, number];
  /** How the first convolution is padded where not as the others that stride: in the best known Keras model. */
  readonly rootPadding?: "same";
}

/**
 * Aligned Xception as DeepLab v3+ changed it (section 3.2, figure 4; `xception_41`, `xception_65`, `xception_71` of the release): deeper,
 * with strided separable convolutions for max pools, and batch norm after each depthwise convolution. ReLU stands before each separable
 * convolution, and only in the last unit inside it. Its networks are padded "fixed".
 *
 * @throws RangeError when the width is not a positive finite number
 */
export function xception({depth = 65, width = 1, multiGrid, rootPadding}: XceptionOptions = {}): Backbone {
  const scale = scaledBy(width);
  const {entry, middle} = FLOWS[depth];
  const unit = (name: string, parts: SeparableUnit["parts"], stride: number, shortcut: SeparableUnit["shortcut"]): SeparableUnit => {
    const [first, second, last] = parts.map(scale) as [number, number, number];
    return {
      kind: "separable",
      name,
      parts: [first, second, last],
      channels: last,
      stride,
      activationAt: "before",
      activation: "relu",
      shortcut
    };
  };
  const even = (channels: number) => [channels, channels, channels] as const;
  const entries = entry.map(({channels, stride}, index) => unit(`entry_${index + 1}`, even(channels), stride, "conv"));
  const exit = unit("exit_1", [728, 1024, 1024], 2, "conv");
  return {
    family: "xception",
    options: {depth, width, ...(multiGrid && {multiGrid: multiGrid.join(",")})},
    units: [
      {...root(1, scale(32), ROOT_STRIDE), ...(rootPadding && {padding: rootPadding})},
      root(2, scale(64), 1),
      ...entries,
      ...Array.from({length: middle}, (_, index) => unit(`middle_${String(index + 1).padStart(2, "0")}`, even(MIDDLE_CHANNELS), 1, "sum")),
      exit,
      {...unit("exit_2", [1536, 1536, 2048], 1, "none"), activationAt: "inside", ...(multiGrid && {multiGrid})}
    ],
    skips: beforeStride([...entries, exit])
  };
}

function root(number: number, channels: number, stride: number): ConvUnit {
  return {kind: "conv", name: `root_${number}`, kernel: 3, channels, stride, activation: "relu"};
}

/** As the release's decoder reads it: the last convolution before each stride but the first (`separable_conv2_pointwise`). */
function beforeStride(units: readonly SeparableUnit[]): Skips {
  let stride = ROOT_STRIDE;
  const skips: Record<number, string> = {};
  for (const {name, stride: own} of units.filter((unit) => unit.stride > 1)) {
    if (stride > ROOT_STRIDE) skips[stride] = `${name}/separable_2/pointwise`;
    stride *= own;
  }
  return skips;
}
