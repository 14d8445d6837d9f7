import type {Aspp, AsppBranch, Backbone, DecoderStage, Network} from "../network.js";

/**
 * The heads of the four DeepLab papers as descriptions, each on one given backbone, so that shapes and costs can be
 * compared. The papers' own backbones were VGG-16 (v1), VGG-16 and ResNet-101 (v2), ResNet (v3) and Aligned Xception
 * (v3+). None of these heads has weights here.
 */

export const VERSIONS = ["v1", "v2", "v3", "v3+"] as const;
export type Version = (typeof VERSIONS)[number];

/**
 * Filters of the first two papers' fully connected layers made convolutional: fc6 and fc7 of DeepLab-LargeFOV (v1, section 3.1; v2,
 * section 4.1).
 */
const FC_CHANNELS = 1024;
/** Filters of each branch and of the projection since v3 (section 3.3). */
const ASPP_CHANNELS = 256;
/** Channels that the low-level skip is reduced to (v3+, section 4.1). */
const LOW_LEVEL_CHANNELS = 48;
const DECODER_CHANNELS = 256;
/** Output stride of the features that the decoder's skip reads (v3+, section 3.1). */
const LOW_LEVEL_STRIDE = 4;

/** Output stride at which each paper states its rates. */
export const STATED_AT: Readonly<Record<Version, number>> = {v1: 8, v2: 8, v3: 16, "v3+": 16};

/**
 * The network of one paper on a backbone.
 *
 * Where it departs from the paper: v1 and v2 state their rates at output stride 8 (12; 6, 12, 18, 24), so that this
 * description, whose rates are at 16 as everywhere here, halves them. v2 gives each branch a 1x1 convolution and class
 * scores of its own and adds the scores; here the branches are concatenated and one 1x1 projection, which has as many
 * weights as the four together, mixes them. The CRF of v1 and v2 and v3's multi-grid are not part of it.
 */
export function lineage(version: Version, own: Omit<Network, "head">): Network {
  const decoder = version === "v3+" ? [decoderOf(own.backbone)] : [];
  return {...own, head: {aspp: pyramidOf(version), decoder, logits: "conv", activation: "relu"}};
}

function pyramidOf(version: Version): Aspp {
  switch (version) {
    case "v1":
      return {branches: atrousBranches([12 / 2], FC_CHANNELS, false), projectionChannels: FC_CHANNELS};
    case "v2":
      return {branches: atrousBranches([6 / 2, 12 / 2, 18 / 2, 24 / 2], FC_CHANNELS, false), projectionChannels: FC_CHANNELS};
    case "v3":
      return {branches: pyramid(false), projectionChannels: ASPP_CHANNELS};
    case "v3+":
      return {branches: pyramid(true), projectionChannels: ASPP_CHANNELS};
  }
}

/** The five branches of v3 (section 3.3) and, with separable convolutions, of v3+ (section 3.1). */
function pyramid(separable: boolean): AsppBranch[] {
  return [
    {kind: "image_pooling", name: "image_pooling", channels: ASPP_CHANNELS},
    {kind: "conv_1x1", name: "conv_1x1", channels: ASPP_CHANNELS},
    ...atrousBranches([6, 12, 18], ASPP_CHANNELS, separable)
  ];
}

function atrousBranches(rates: readonly number[], channels: number, separable: boolean): AsppBranch[] {
  return rates.map((rate, index) => ({kind: "atrous", name: `atrous_${index}`, channels, rate, separable}));
}

/** @throws RangeError where the backbone has nothing at stride 4 */
function decoderOf({skips}: Backbone): DecoderStage {
  const lowLevelEndPoint = skips[LOW_LEVEL_STRIDE];
  if (!lowLevelEndPoint) throw new RangeError(`The backbone has no features at stride ${LOW_LEVEL_STRIDE} for the decoder.`);
  const convolutions = ["conv_0", "conv_1"].map((name) => ({name, channels: DECODER_CHANNELS, separable: true}));
  return {lowLevelEndPoint, lowLevelChannels: LOW_LEVEL_CHANNELS, merge: "concat", convolutions};
}
