import {mobileNetV2} from "../../engine/backbones/mobilenetv2.js";
import type {InvertedUnit, Network} from "../../engine/network.js";
import type {StateDict} from "../../formats/state-dict.js";
import type {HuggingFaceFacts} from "./hugging-face-config.js";
import {outputsOf} from "./named-shapes.js";
import {byRules} from "./sources.js";
import type {Source, Sources} from "./sources.js";

/** Hugging Face's MobileNetV2ForSemanticSegmentation, as Google published `deeplabv3_mobilenet_v2_1.0_513`. */

const BACKBONE = "mobilenet_v2";
const HEAD = "segmentation_head";
/** Last unit of MobileNetV2, and its channels at width 1. */
const LAST = {unit: 16, channels: 320} as const;
/** The 1x1 behind the backbone, which only classification reads. */
export const UNUSED = /^mobilenet_v2\.conv_1x1\./;

const LAYERS: Readonly<Record<string, string>> = {expand: "expand_1x1", depthwise: "conv_3x3", project: "reduce_1x1"};

export function isHuggingFace(dict: StateDict): boolean {
  return dict.has(`${layerOf("conv")}.convolution.weight`);
}

/**
 * The description of what a state dict holds.
 *
 * @throws FormatError where something of it is missing
 */
export function huggingFaceNetwork(dict: StateDict, {activation, tfPadding}: HuggingFaceFacts): Network {
  const outputs = (step: string) => outputsOf(dict, `${layerOf(step)}.convolution`);
  const unit = (index: number) => outputs(`block_${index}/project`);
  const head = (module: string) => outputsOf(dict, `${HEAD}.${module}.convolution`);
  const backbone = mobileNetV2({
    width: unit(LAST.unit) / LAST.channels,
    activation,
    // Rounded to multiples of what the config says.
    channels: (_, index) => (index === null ? outputs("conv") : unit(index))
  });
  const first = backbone.units.findIndex(({kind}) => kind === "inverted");
  return {
    // The first unit, part of a stem there, adds nothing even where it could.
    backbone: {
      ...backbone,
      units: backbone.units.map((each, index) => (index === first ? ({...each, residual: false} as InvertedUnit) : each))
    },
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
  return byRules([
    [/^backbone\/(.+)$/, (step) => ({...module(layerOf(step!)), epsilon})],
    [/^aspp\/image_pooling$/, () => module(`${HEAD}.conv_pool`)],
    [/^aspp\/conv_1x1$/, () => module(`${HEAD}.conv_aspp`)],
    [/^aspp\/projection$/, () => module(`${HEAD}.conv_projection`)],
    [/^logits$/, () => ({conv: `${HEAD}.classifier.convolution`})]
  ]);
}

/** The module of a step of the backbone; the first convolution and the first unit are its stem there. */
function layerOf(step: string): string {
  const [, number, part] = /^block_(\d+)\/(\w+)$/.exec(step) ?? [];
  if (number === undefined) return `${BACKBONE}.conv_stem.first_conv`;
  const unit = Number(number) === 0 ? "conv_stem" : `layer.${Number(number) - 1}`;
  return `${BACKBONE}.${unit}.${LAYERS[part!]}`;
}
