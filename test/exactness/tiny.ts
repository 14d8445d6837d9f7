import type {Network} from "../../src/engine/network.js";

const inverted = {kind: "inverted", kernel: 3, inputChannels: 8, channels: 8, activation: "relu6"} as const;

/**
 * The smallest network with both kinds of atrous branch: features at half the input's size, so that even large
 * rates keep taps inside a small map.
 */
export const tiny: Network = {
  backbone: {
    family: "tiny",
    options: {},
    units: [
      {kind: "conv", name: "conv", kernel: 3, channels: 8, stride: 2, activation: "relu6"},
      {...inverted, name: "block_00", expandedChannels: 8, stride: 1, residual: false}
    ],
    skips: {2: "block_00/depthwise"}
  },
  head: {
    aspp: {
      branches: [
        {kind: "atrous", name: "atrous_0", channels: 6, rate: 1, separable: true},
        {kind: "atrous", name: "atrous_1", channels: 5, rate: 1, separable: false}
      ],
      projectionChannels: 8
    },
    decoder: [],
    logits: "conv",
    activation: "relu6"
  },
  classes: 3,
  padding: "same"
};

/** The smallest network with every kind of step that leads to the logits. */
export const tinyWhole: Network = {
  ...tiny,
  backbone: {
    ...tiny.backbone,
    units: [
      ...tiny.backbone.units,
      {...inverted, name: "block_01", expandedChannels: 12, stride: 2, residual: false},
      {...inverted, name: "block_02", expandedChannels: 12, stride: 1, residual: true}
    ]
  },
  head: {
    ...tiny.head,
    aspp: {...tiny.head.aspp, branches: [{kind: "image_pooling", name: "image_pooling", channels: 4}, ...tiny.head.aspp.branches]},
    decoder: [
      {
        lowLevelEndPoint: "block_00/depthwise",
        lowLevelChannels: 4,
        merge: "concat",
        convolutions: [{name: "conv_0", channels: 8, separable: true}]
      }
    ]
  }
};

export const FEATURES = "backbone/block_00/project";
export const DEPTHWISE = "aspp/atrous_0/depthwise";
export const FULL = "aspp/atrous_1";
