import type {Network} from "../../src/engine/network.js";

/**
 * The smallest network with both kinds of atrous branch: features at half the input's size, so that even large
 * rates keep taps inside a small map.
 */
export const tiny: Network = {
  backbone: {
    architecture: "mobilenet_v2",
    widthMultiplier: 0.25,
    stem: {name: "conv", channels: 8, stride: 2},
    blocks: [{name: "block_00", inputChannels: 8, expandedChannels: 8, outputChannels: 8, stride: 1, residual: false}]
  },
  aspp: {
    branches: [
      {kind: "atrous", name: "atrous_0", channels: 6, rate: 1, separable: true},
      {kind: "atrous", name: "atrous_1", channels: 5, rate: 1, separable: false}
    ],
    projectionChannels: 8
  },
  classes: 3,
  activation: "relu6",
  headActivation: "relu6"
};

export const FEATURES = "backbone/block_00/project";
export const DEPTHWISE = "aspp/atrous_0/depthwise";
export const FULL = "aspp/atrous_1";
