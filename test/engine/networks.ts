import {mobileNetV2} from "../../src/engine/backbones/mobilenetv2.js";
import type {Weight} from "../../src/engine/model.js";
import type {Network} from "../../src/engine/network.js";
import {weightShapes} from "../../src/engine/plan.js";
import {pseudoRandom} from "../../src/engine/seeded.js";

/** A small v3+ with everything a description can hold: all branch kinds, separable and not, and a decoder. */
export const complete: Network = {
  backbone: mobileNetV2({width: 0.25}),
  head: {
    aspp: {
      branches: [
        {kind: "image_pooling", name: "image_pooling", channels: 8},
        {kind: "conv_1x1", name: "conv_1x1", channels: 8},
        {kind: "atrous", name: "atrous_0", channels: 8, rate: 6, separable: true},
        {kind: "atrous", name: "atrous_1", channels: 8, rate: 12, separable: false}
      ],
      projectionChannels: 16
    },
    decoder: [
      {
        lowLevelEndPoint: "block_02/depthwise",
        lowLevelChannels: 6,
        merge: "concat",
        convolutions: [
          {name: "conv_0", channels: 16, separable: true},
          {name: "conv_1", channels: 16, separable: false}
        ]
      }
    ],
    logits: "conv",
    activation: "relu6"
  },
  classes: 5,
  padding: "same"
};

/** The same as it is made to be quantised: nothing follows its depthwise convolutions, and its ReLUs are not clipped. */
export const quantisable: Network = {
  ...complete,
  backbone: mobileNetV2({width: 0.25, activation: "relu"}),
  head: {...complete.head, activation: "relu"},
  classes: 2,
  depthwise: {activation: "linear", bias: false}
};

/** Weights of plausible size from a fixed pseudo-random sequence. */
export function randomWeights(network: Network): Record<string, Weight> {
  const next = pseudoRandom(7);
  return Object.fromEntries(
    Object.entries(weightShapes(network)).map(([name, shape]) => {
      const size = shape.reduce((product, side) => product * side, 1);
      const fanIn = shape.length === 4 ? shape[0]! * shape[1]! * (shape[3] === 1 ? 1 : shape[2]!) : 1;
      const scale = shape.length === 4 ? 2 / Math.sqrt(fanIn) : 0.2;
      return [name, {shape, values: Float32Array.from({length: size}, () => (next() - 0.5) * 2 * scale)}];
    })
  );
}
