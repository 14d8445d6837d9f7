import {mobileNetV2} from "./backbones/mobilenetv2.js";
import type {Network} from "./network.js";

/** The MobileNetV2 models of the DeepLab release for PASCAL VOC, at a width: image pooling and 1x1 only, no decoder. */
export function released(width: number): Network {
  return {
    backbone: mobileNetV2({width}),
    head: {
      aspp: {
        branches: [
          {kind: "image_pooling", name: "image_pooling", channels: 256},
          {kind: "conv_1x1", name: "conv_1x1", channels: 256}
        ],
        projectionChannels: 256
      },
      decoder: [],
      logits: "conv",
      activation: "relu"
    },
    classes: 21,
    padding: "same"
  };
}
