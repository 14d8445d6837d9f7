import type {Backbone, BottleneckUnit, ConvUnit, PoolUnit} from "../network.js";
import {normalised} from "./normalise.js";
import type {Skips} from "./skips.js";
import {scaledBy} from "./width.js";

/** Units of each block (He et al. 2015, table 1). */
const UNITS = {50: [3, 4, 6, 3], 101: [3, 4, 23, 3]} as const;
/** Channels of the first block between its 1x1 convolutions; each block has twice those of the one before, and gives four times as many. */
const REDUCED_CHANNELS = 64;
const EXPANSION = 4;
/** Strides of the root's convolution and its pool; each block but the first takes one more, or each but the last. */
const ROOT_STRIDE = 4;

export type ResNetDepth = keyof typeof UNITS;

interface Common {
  readonly depth?: ResNetDepth;
  /** Width multiplier; the papers and the release have 1. */
  readonly width?: number;
  /** Factors on the rates of the last block's units (DeepLab v3, section 3.2.1). */
  readonly multiGrid?: readonly [number, number, number];
}

export interface ResNetOptions extends Common {
  /** One 7x7 convolution of a photo less its mean (`resnet_v1_50`), or three 3x3 of x / 127.5 - 1 (`resnet_v1_50_beta`). */
  readonly root?: "7x7" | "3x3";
}

/**
 * ResNet-v1 of the DeepLab release (`resnet_v1_50`, `resnet_v1_101` and their `_beta`): a block's last unit strides, the last block none.
 * Its networks are padded "fixed".
 *
 * @throws RangeError when the width is not a positive finite number
 */
export function resNetV1({depth = 50, width = 1, root = "3x3", multiGrid = [1, 1, 1]}: ResNetOptions = {}): Backbone {
  const scale = scaledBy(width);
  const backbone: Backbone = {
    family: "resnet_v1",
    options: {depth, width, root, multiGrid: multiGrid.join(",")},
    units: [
      ...(root === "7x7" ? [convolution("root", 7, scale(64), 2)] : betaRoot(scale)),
      POOL(scale(root === "7x7" ? 64 : 128)),
      ...blocks({depth, scale, order: "post", strideIn: "last", multiGrid})
    ],
    skips: branchSkips(depth)
  };
  return root === "7x7" ? normalised(backbone) : backbone;
}

/**
 * ResNet-v2 (He et al. 2016) as TF-Slim has it: batch norm and ReLU before each convolution and once more at the end, a linear root, a
 * block's last unit strides. Its networks are padded "fixed".
 *
 * @throws RangeError when the width is not a positive finite number
 */
export function resNetV2({depth = 50, width = 1, multiGrid = [1, 2, 4]}: Common = {}): Backbone {
  const scale = scaledBy(width);
  const units = blocks({depth, scale, order: "pre", strideIn: "last", multiGrid});
  return {
    family: "resnet_v2",
    options: {depth, width, multiGrid: multiGrid.join(",")},
    units: [
      {...convolution("root", 7, scale(64), 2), activation: "linear"},
      POOL(scale(64)),
      ...units,
      {kind: "affine", name: "norm", channels: units.at(-1)!.channels, stride: 1, activation: "relu"}
    ],
    skips: branchSkips(depth)
  };
}

/**
 * ResNet-v1 as torchvision has it: the first unit of each block but the first strides, in its 3x3 convolution; pools are padded evenly,
 * too. Its networks are padded "fixed". `replace_stride_with_dilation` of the last two blocks is output stride 8: there, too, a block's
 * first unit keeps the rate before.
 *
 * @throws RangeError when the width is not a positive finite number
 */
export function torchvisionResNet({depth = 50, width = 1}: Pick<Common, "depth" | "width"> = {}): Backbone {
  const scale = scaledBy(width);
  const units = UNITS[depth];
  return normalised({
    family: "torchvision_resnet",
    options: {depth, width},
    units: [
      convolution("root", 7, scale(64), 2),
      {...POOL(scale(64)), padding: "fixed"},
      ...blocks({depth, scale, order: "post", strideIn: "first", multiGrid: [1, 1, 1]})
    ],
    // What `layer1` to `layer3` give.
    skips: Object.fromEntries(units.slice(0, -1).map((count, index) => [ROOT_STRIDE * 2 ** index, unitName(index, count - 1)]))
  });
}

/**
 * Where Keras's ResNet is left: at its end, after its third block, or inside that block's last unit, after its 3x3, as Keras's example of
 * v3+ does.
 */
export const KERAS_ENDS = ["block_4", "block_3", "block_3_conv"] as const;

interface KerasResNetOptions extends Pick<Common, "depth" | "width"> {
  readonly end?: (typeof KERAS_ENDS)[number];
}

/**
 * ResNet-v1 as Keras has it: the first unit of each block but the first strides, in its first 1x1. Its networks are padded "fixed". The
 * skips are those of Keras's example: what the 3x3 of a block's last unit gives.
 *
 * @throws RangeError when the width is not a positive finite number
 */
export function kerasResNet({depth = 50, width = 1, end = "block_4"}: KerasResNetOptions = {}): Backbone {
  const scale = scaledBy(width);
  const counts = UNITS[depth];
  const reached = end === "block_4" ? counts.length : counts.length - 1;
  const units = blocks({depth, scale, order: "post", strideIn: "first", multiGrid: [1, 1, 1]})
    .slice(0, sum(counts.slice(0, reached)))
    .map((unit): BottleneckUnit => ({...unit, strideAt: "reduce"}));
  const last = units.at(-1)!;
  const opened = [
    convolution(`${last.name}_reduce`, 1, last.reducedChannels, 1),
    convolution(`${last.name}_conv`, 3, last.reducedChannels, 1)
  ];
  return {
    family: "keras_resnet",
    options: {depth, width, end},
    units: [
      convolution("root", 7, scale(64), 2),
      {...POOL(scale(64)), padding: "fixed"},
      ...(end === "block_3_conv" ? [...units.slice(0, -1), ...opened] : units)
    ],
    skips: Object.fromEntries(
      counts.slice(0, reached - 1).map((count, block) => [ROOT_STRIDE * 2 ** block, `${unitName(block, count - 1)}/conv`])
    )
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function convolution(name: string, kernel: number, channels: number, stride: number): ConvUnit {
  return {kind: "conv", name, kernel, channels, stride, activation: "relu"};
}

function betaRoot(scale: (channels: number) => number): ConvUnit[] {
  return [64, 64, 128].map((channels, index) => convolution(`root_${index + 1}`, 3, scale(channels), index === 0 ? 2 : 1));
}

const POOL = (channels: number): PoolUnit => ({kind: "pool", name: "pool", pool: "max", window: 3, channels, stride: 2});

interface BlocksOptions {
  readonly depth: ResNetDepth;
  readonly scale: (channels: number) => number;
  readonly order: BottleneckUnit["order"];
  /** Which unit of a block strides: the last of each block but the last, or the first of each but the first. */
  readonly strideIn: "first" | "last";
  readonly multiGrid: readonly [number, number, number];
}

function blocks({depth, scale, order, strideIn, multiGrid}: BlocksOptions): BottleneckUnit[] {
  const counts = UNITS[depth];
  return counts.flatMap((count, block) => {
    const reducedChannels = scale(REDUCED_CHANNELS * 2 ** block);
    const channels = scale(REDUCED_CHANNELS * EXPANSION * 2 ** block);
    const [striding, resting] = strideIn === "first" ? [0, 0] : [count - 1, counts.length - 1];
    const isLast = block === counts.length - 1;
    return Array.from({length: count}, (_, unit): BottleneckUnit => ({
      kind: "bottleneck",
      name: unitName(block, unit),
      order,
      reducedChannels,
      channels,
      stride: unit === striding && block !== resting ? 2 : 1,
      ...(isLast && multiGrid[unit] !== 1 && {rateFactor: multiGrid[unit]!}),
      shortcut: unit === 0 ? "projection" : "identity",
      activation: "relu"
    }));
  });
}

function unitName(block: number, unit: number): string {
  return `block_${block + 1}_unit_${unit + 1}`;
}

/** As the release's decoder reads its ResNets: the branch of a block's last unit but one, before the sum (`bottleneck_v1/conv3`). */
function branchSkips(depth: ResNetDepth): Skips {
  const counts = UNITS[depth].slice(0, -1);
  return Object.fromEntries(counts.map((count, block) => [ROOT_STRIDE * 2 ** block, `${unitName(block, count - 2)}/restore`]));
}
