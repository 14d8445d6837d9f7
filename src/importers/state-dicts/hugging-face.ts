import {huggingFaceMobileNetV2} from "../../engine/backbones/mobilenetv2.js";
import type {Network} from "../../engine/network.js";
import type {StateDict} from "../../formats/state-dict.js";
import type {HuggingFaceFacts} from "./hugging-face-config.js";
import {outputsOf} from "./named-shapes.js";
import {byRules} from "./sources.js";
import type {Source, SourceRule, Sources} from "./sources.js";

/** Hugging Face's MobileNetV2ForSemanticSegmentation, as Google published `deeplabv3_mobilenet_v2_1.0_513`. */

const BACKBONE = "mobilenet_v2";
const HEAD = "segmentation_head";
/** Last unit of MobileNetV2, and its channels at width 1. */
const LAST = {unit: 16, channels: 320} as const;
/** The 1x1 behind the backbone, which only classification reads. */
export const UNUSED = /^mobilenet_v2\.conv_1x1\./;

const STEM = "conv_stem.first_conv";

export function isHuggingFace(dict: StateDict): boolean {
  return dict.has(`${BACKBONE}.${STEM}.convolution.weight`);
}

/**
 * The description of what a state dict holds.
 *
 * @throws FormatError where something of it is missing
 */
export function huggingFaceNetwork(dict: StateDict, {activation, tfPadding}: HuggingFaceFacts): Network {
  const outputs = (layer: string) => outputsOf(dict, `${BACKBONE}.${layer}.convolution`);
  const unit = (index: number) => outputs(`${index === 0 ? "conv_stem" : `layer.${index - 1}`}.reduce_1x1`);
  const head = (module: string) => outputsOf(dict, `${HEAD}.${module}.convolution`);
  const backbone = huggingFaceMobileNetV2({
    width: unit(LAST.unit) / LAST.channels,
    activation,
    // Rounded to multiples of what the config says.
    channels: (_, index) => (index === null ? outputs(STEM) : unit(index))
  });
  return {
    backbone,
    head: {
      aspp: {
        branches: [
          {kind: "image_pooling", name: "image_pooling", channels: head("conv_pool")},
          {kind: "conv_1x1", name: "conv_1x1", channels: head("conv_aspp")}
        ],
        projectionChannels: head("conv_projection")
      },
      decoder: [],
      logits: "conv",
      activation: "relu"
    },
    classes: head("classifier"),
    padding: tfPadding ? "same" : "fixed"
  };
}

export function huggingFaceSources({epsilon}: HuggingFaceFacts): Sources {
  const module = (at: string): Source => ({conv: `${at}.convolution`, norm: `${at}.normalization`});
  const backbone = (ours: string, theirs: string): SourceRule => [`backbone/${ours}`, {...module(`${BACKBONE}.${theirs}`), epsilon}];
  return byRules([
    // The first convolution and the first unit are the stem there.
    backbone("conv", STEM),
    backbone("block_00/depthwise", "conv_stem.conv_3x3"),
    backbone("block_00/project", "conv_stem.reduce_1x1"),
    backbone("block_{n+1:2}/expand", "layer.{n}.expand_1x1"),
    backbone("block_{n+1:2}/depthwise", "layer.{n}.conv_3x3"),
    backbone("block_{n+1:2}/project", "layer.{n}.reduce_1x1"),
    ["aspp/image_pooling", module(`${HEAD}.conv_pool`)],
    ["aspp/conv_1x1", module(`${HEAD}.conv_aspp`)],
    ["aspp/projection", module(`${HEAD}.conv_projection`)],
    ["logits", {conv: `${HEAD}.classifier.convolution`}]
  ]);
}
