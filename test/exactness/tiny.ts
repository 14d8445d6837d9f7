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

/** The smallest network with every kind of step that leads to the logits. */
export const tinyWhole: Network = {
  ...tiny,
  backbone: {
    ...tiny.backbone,
    blocks: [
      ...tiny.backbone.blocks,
      {name: "block_01", inputChannels: 8, expandedChannels: 12, outputChannels: 8, stride: 2, residual: false},
      {name: "block_02", inputChannels: 8, expandedChannels: 12, outputChannels: 8, stride: 1, residual: true}
    ]
  },
  aspp: {...tiny.aspp, branches: [{kind: "image_pooling", name: "image_pooling", channels: 4}, ...tiny.aspp.branches]},
  decoder: {lowLevelEndPoint: "block_00/depthwise", lowLevelChannels: 4, convolutions: [{name: "conv_0", channels: 8, separable: true}]}
};

export const FEATURES = "backbone/block_00/project";
export const DEPTHWISE = "aspp/atrous_0/depthwise";
export const FULL = "aspp/atrous_1";
