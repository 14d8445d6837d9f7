import {torchvisionMobileNetV3} from "../../engine/backbones/mobilenetv3.js";
import {vainfMobileNetV2} from "../../engine/backbones/mobilenetv2.js";
import {TORCHVISION, normalised} from "../../engine/backbones/normalise.js";
import {torchvisionResNet} from "../../engine/backbones/resnet.js";
import {FormatError} from "../../formats/format-error.js";
import type {StateDict} from "../../formats/state-dict.js";
import {countOf, outputsOf} from "./named-shapes.js";
import {byRules} from "./sources.js";
import type {DictBackbone, Source, SourceRule} from "./sources.js";

/** The backbones of torchvision and of VainF's DeepLabV3Plus-Pytorch; all are given photos less ImageNet's mean, by its deviation. */

const COMMON = {padding: "fixed", normalisation: TORCHVISION} as const;
/** 12, 24 and 36 at output stride 8, whichever stride they were trained at. */
const RATES = [6, 12, 18] as const;
/** torchvision gives its MobileNetV3 the rates of ResNet although it runs at 16. */
const MOBILENET_V3_RATES = [12, 24, 36] as const;

/** The backbone of a state dict; undefined where it is none of these. @throws FormatError where it is one of them that is not known */
export function torchBackbone(dict: StateDict): DictBackbone | undefined {
  const has = (module: string) => dict.has(`${module}.weight`);
  if (has("backbone.layer1.0.conv1")) return resNet(dict);
  if (has(`${VAINF_STEM}.0`)) return vainfBackbone(dict);
  return has("backbone.1.block.0.0") ? mobileNetV3(dict) : undefined;
}

/** Channels of the first convolution at width 1. */
const STEMS = {resnet: 64} as const;
const DEPTHS = {"3,4,6,3": 50, "3,4,23,3": 101} as const;

function resNet(dict: StateDict): DictBackbone {
  const unit = (block: number) => (index: number) => `backbone.layer${block}.${index}.conv3`;
  const counts = [1, 2, 3, 4].map((block) => countOf(dict, unit(block))).join();
  if (!Object.hasOwn(DEPTHS, counts)) {
    throw new FormatError(
      `The ResNet of this state dict has blocks of ${counts} bottlenecks; ResNet-50 (3,4,6,3) and ResNet-101 (3,4,23,3) are read.`
    );
  }
  const depth = DEPTHS[counts as keyof typeof DEPTHS];
  const layer = (part: string, conv: string, norm: string): SourceRule => [
    `backbone/block_{n}_unit_{m+1}/${part}`,
    {conv: `backbone.layer{n}.{m}.${conv}`, norm: `backbone.layer{n}.{m}.${norm}`}
  ];
  return {
    ...COMMON,
    title: `ResNet-${depth}`,
    backbone: torchvisionResNet({depth, width: outputsOf(dict, "backbone.conv1") / STEMS.resnet}),
    rates: RATES,
    sources: byRules([
      ["backbone/root", {conv: "backbone.conv1", norm: "backbone.bn1"}],
      layer("reduce", "conv1", "bn1"),
      layer("conv", "conv2", "bn2"),
      layer("restore", "conv3", "bn3"),
      layer("shortcut", "downsample.0", "downsample.1")
    ])
  };
}

/** torchvision's MobileNetV3 adds this to variances, as TensorFlow does. */
const MOBILENET_V3_EPSILON = 1e-3;
/** Channels of its last convolution at width 1. */
const MOBILENET_V3_LAST = {module: "backbone.16.0", channels: 960} as const;

function mobileNetV3(dict: StateDict): DictBackbone {
  const units = countOf(dict, (index) => `backbone.${index + 1}.block.0.0`);
  return {
    ...COMMON,
    title: "MobileNetV3 large",
    backbone: torchvisionMobileNetV3({width: outputsOf(dict, MOBILENET_V3_LAST.module) / MOBILENET_V3_LAST.channels}),
    rates: MOBILENET_V3_RATES,
    sources: byRules([
      ["backbone/conv", mobileNetV3Layer("backbone.0")],
      ["backbone/last", mobileNetV3Layer("backbone.16")],
      ...Array.from({length: units}, (_, index) => mobileNetV3Unit(dict, index)).flat()
    ])
  };
}

function mobileNetV3Layer(at: string): Source {
  return {conv: `${at}.0`, norm: `${at}.1`, epsilon: MOBILENET_V3_EPSILON};
}

/** Numbered one after the other: the expansion, where there is one; depthwise; squeeze, where there is one; projection. */
function mobileNetV3Unit(dict: StateDict, index: number): SourceRule[] {
  const has = (module: string) => dict.has(`${module}.weight`);
  const ours = unitName(index);
  const at = `backbone.${index + 1}.block`;
  const depthwise = has(`${at}.1.0`) && isDepthwise(dict, `${at}.1.0`) ? 1 : 0;
  const squeeze = `${at}.${depthwise + 1}`;
  return [
    [`${ours}/expand`, mobileNetV3Layer(`${at}.0`)],
    [`${ours}/depthwise`, mobileNetV3Layer(`${at}.${depthwise}`)],
    [`${ours}/squeeze/reduce`, {conv: `${squeeze}.fc1`}],
    [`${ours}/squeeze/expand`, {conv: `${squeeze}.fc2`}],
    [`${ours}/project`, mobileNetV3Layer(`${at}.${depthwise + (has(`${squeeze}.fc1`) ? 2 : 1)}`)]
  ];
}

function unitName(index: number): string {
  return `backbone/block_${String(index).padStart(2, "0")}`;
}

function isDepthwise(dict: StateDict, module: string): boolean {
  const [, inputs, height] = dict.get(`${module}.weight`)!.shape;
  return inputs === 1 && height !== 1;
}

/** Last unit of MobileNetV2, and its channels at width 1. */
const MOBILENET_V2_LAST = {unit: 16, channels: 320} as const;
const VAINF_STEM = "backbone.low_level_features.0";
/** Layers before the place at which VainF's MobileNetV2 is cut in two; both halves keep their numbers. */
const LOW_LEVEL_UNITS = 4;

function vainfUnit(index: number, module: string): string {
  return `backbone.${index < LOW_LEVEL_UNITS ? "low" : "high"}_level_features.${index}.${module}`;
}

function vainfBackbone(dict: StateDict): DictBackbone {
  // The first unit expands nothing.
  const depthwise = (index: number) => (index === 0 ? 0 : 1);
  const at = (index: number, module: number) => vainfUnit(index + 1, `conv.${module}`);
  const backbone = vainfMobileNetV2({
    width: outputsOf(dict, at(MOBILENET_V2_LAST.unit, depthwise(MOBILENET_V2_LAST.unit) + 1)) / MOBILENET_V2_LAST.channels,
    channels: (_, index) => outputsOf(dict, index === null ? `${VAINF_STEM}.0` : at(index, depthwise(index) + 1))
  });
  const layer = (at: string) => ({conv: `${at}.0`, norm: `${at}.1`});
  return {
    ...COMMON,
    title: "MobileNetV2",
    backbone: normalised(backbone),
    rates: RATES,
    sources: byRules([
      ["backbone/conv", layer(VAINF_STEM)],
      ...Array.from({length: MOBILENET_V2_LAST.unit + 1}, (_, index): SourceRule[] => {
        const ours = unitName(index);
        const first = depthwise(index);
        return [
          [`${ours}/expand`, layer(at(index, 0))],
          [`${ours}/depthwise`, layer(at(index, first))],
          [`${ours}/project`, {conv: at(index, first + 1), norm: at(index, first + 2)}]
        ];
      }).flat()
    ])
  };
}
