import type {Network} from "../../src/engine/network.js";

/** A network of every kind of unit and with the other head, which no single family is made of. */
export const unlike: Network = {
  backbone: {
    family: "by hand",
    options: {},
    units: [
      {kind: "conv", name: "root", kernel: 3, channels: 4, stride: 2, activation: "hard_swish"},
      {kind: "pool", name: "pool", pool: "max", window: 3, channels: 4, stride: 2},
      {
        kind: "bottleneck",
        name: "a",
        order: "pre",
        reducedChannels: 2,
        channels: 8,
        stride: 2,
        shortcut: "projection",
        activation: "relu"
      },
      {kind: "basic", name: "b", channels: 8, stride: 1, rateFactor: 2, shortcut: "identity", activation: "relu"},
      {
        kind: "separable",
        name: "c",
        parts: [8, 8, 6],
        channels: 6,
        stride: 2,
        activationAt: "before",
        activation: "relu",
        shortcut: "conv"
      },
      {
        kind: "inverted",
        name: "d",
        kernel: 5,
        inputChannels: 6,
        expandedChannels: 12,
        channels: 6,
        stride: 1,
        activation: "hard_swish",
        squeeze: {channels: 3, activation: "relu", gate: "hard_sigmoid"},
        residual: true
      }
    ],
    skips: {4: "pool"}
  },
  head: {
    aspp: {
      branches: [{kind: "conv_1x1", name: "conv_1x1", channels: 8}],
      projectionChannels: null,
      gate: {window: 33, stride: [1, 2], activation: "sigmoid", bias: false}
    },
    decoder: [{lowLevelEndPoint: "pool", lowLevelChannels: 5, merge: "sum", convolutions: []}],
    logits: "decoder",
    activation: "relu"
  },
  classes: 5,
  padding: "fixed"
};
