import {atrousBranches, decoderOf, pyramid} from "../heads.js";
import type {Aspp, Network} from "../network.js";

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
  const decoder = version === "v3+" ? [decoderOf(own.backbone, true)] : [];
  return {...own, head: {aspp: pyramidOf(version), decoder, logits: "conv", activation: "relu"}};
}

function pyramidOf(version: Version): Aspp {
  switch (version) {
    case "v1":
      return {branches: atrousBranches([12 / 2], FC_CHANNELS, false), projectionChannels: FC_CHANNELS};
    case "v2":
      return {branches: atrousBranches([6 / 2, 12 / 2, 18 / 2, 24 / 2], FC_CHANNELS, false), projectionChannels: FC_CHANNELS};
    case "v3":
      return pyramid({separable: false});
    case "v3+":
      return pyramid({separable: true});
  }
}
