import {mobileNetV2} from "./backbones/mobilenetv2.js";
import {v3Head} from "./heads.js";
import type {Network} from "./network.js";

/** The MobileNetV2 models of the DeepLab release for PASCAL VOC, at a width: image pooling and 1x1 only, no decoder. */
export function released(width: number): Network {
  return {
    backbone: mobileNetV2({width}),
    head: v3Head({rates: []}),
    classes: 21,
    padding: "same"
  };
}
