import {torchvisionMobileNetV3} from "../../engine/backbones/mobilenetv3.js";
import {mobileNetV2} from "../../engine/backbones/mobilenetv2.js";
import {TORCHVISION, normalised} from "../../engine/backbones/normalise.js";
import {torchvisionResNet} from "../../engine/backbones/resnet.js";
import type {Backbone, ConvUnit, InvertedUnit} from "../../engine/network.js";
import {FormatError} from "../../formats/format-error.js";
import type {StateDict} from "../../formats/state-dict.js";
import {countOf, outputsOf} from "./named-shapes.js";
import {byRules} from "./sources.js";
import type {FoundBackbone} from "./sources.js";

/** The backbones of torchvision and of VainF's DeepLabV3Plus-Pytorch; all are given photos less ImageNet's mean, by its deviation. */

const COMMON = {padding: "fixed", normalisation: TORCHVISION} as const;
/** 12, 24 and 36 at output stride 8, whichever stride they were trained at. */
const RATES = [6, 12, 18] as const;
/** torchvision gives its MobileNetV3 the rates of ResNet although it runs at 16. */
const MOBILENET_V3_RATES = [12, 24, 36] as const;

/** The backbone of a state dict; undefined where it is none of these. @throws FormatError where it is one of them that is not known */
export function torchBackbone(dict: StateDict): FoundBackbone | undefined {
  const has = (module: string) => dict.has(`${module}.weight`);
  if (has("backbone.layer1.0.conv1")) return resNet(dict);
  if (has(`${VAINF_STEM}.0`)) return vainfMobileNetV2(dict);
  return has("backbone.1.block.0.0") ? mobileNetV3(dict) : undefined;
}

/** Channels of the first convolution at width 1. */
const STEMS = {resnet: 64} as const;
const DEPTHS = {"3,4,6,3": 50, "3,4,23,3": 101} as const;

function resNet(dict: StateDict): FoundBackbone {
  const unit = (block: number) => (index: number) => `backbone.layer${block}.${index}.conv3`;
  const counts = [1, 2, 3, 4].map((block) => countOf(dict, unit(block))).join();
  if (!Object.hasOwn(DEPTHS, counts)) {
    throw new FormatError(
      `The ResNet of this state dict has blocks of ${counts} bottlenecks; ResNet-50 (3,4,6,3) and ResNet-101 (3,4,23,3) are read.`
    );
  }
  const depth = DEPTHS[counts as keyof typeof DEPTHS];
  const layers: Readonly<Record<string, string>> = {reduce: "1", conv: "2", restore: "3"};
  return {
    ...COMMON,
    title: `ResNet-${depth}`,
    backbone: torchvisionResNet({depth, width: outputsOf(dict, "backbone.conv1") / STEMS.resnet}),
    rates: RATES,
    sources: byRules([
      [/^backbone\/root$/, () => ({conv: "backbone.conv1", norm: "backbone.bn1"})],
      [
        /^backbone\/block_(\d+)_unit_(\d+)\/(\w+)$/,
        (block, number, part) => {
          const at = `backbone.layer${block}.${Number(number) - 1}`;
          if (part === "shortcut") return {conv: `${at}.downsample.0`, norm: `${at}.downsample.1`};
          return {conv: `${at}.conv${layers[part!]}`, norm: `${at}.bn${layers[part!]}`};
        }
      ]
    ])
  };
}

/** torchvision's MobileNetV3 adds this to variances, as TensorFlow does. */
const MOBILENET_V3_EPSILON = 1e-3;
/** Channels of its last convolution at width 1. */
const MOBILENET_V3_LAST = {module: "backbone.16.0", channels: 960} as const;

function mobileNetV3(dict: StateDict): FoundBackbone {
  const layer = (at: string) => ({conv: `${at}.0`, norm: `${at}.1`, epsilon: MOBILENET_V3_EPSILON});
  const has = (module: string) => dict.has(`${module}.weight`);
  return {
    ...COMMON,
    title: "MobileNetV3 large",
    backbone: torchvisionMobileNetV3({width: outputsOf(dict, MOBILENET_V3_LAST.module) / MOBILENET_V3_LAST.channels}),
    rates: MOBILENET_V3_RATES,
    sources: byRules([
      [/^backbone\/conv$/, () => layer("backbone.0")],
      [/^backbone\/last$/, () => layer("backbone.16")],
      [
        /^backbone\/block_(\d+)\/(.+)$/,
        (number, part) => {
          const at = `backbone.${Number(number) + 1}.block`;
          // Numbered one after the other: the expansion, where there is one; depthwise; squeeze, where there is one; projection.
          const depthwise = has(`${at}.1.0`) && isDepthwise(dict, `${at}.1.0`) ? 1 : 0;
          const squeeze = `${at}.${depthwise + 1}`;
          switch (part) {
            case "expand":
              return layer(`${at}.0`);
            case "depthwise":
              return layer(`${at}.${depthwise}`);
            case "squeeze/reduce":
              return {conv: `${squeeze}.fc1`};
            case "squeeze/expand":
              return {conv: `${squeeze}.fc2`};
            default:
              return layer(`${at}.${depthwise + (has(`${squeeze}.fc1`) ? 2 : 1)}`);
          }
        }
      ]
    ])
  };
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
/** What the first half gives. */
const LOW_LEVEL_END_POINT = "block_02";

function vainfUnit(index: number, module: string): string {
  return `backbone.${index < LOW_LEVEL_UNITS ? "low" : "high"}_level_features.${index}.${module}`;
}

/** Zeros stand around each unit's input, before its expansion, and around the photo none: its maps are a cell smaller than others'. */
function vainfMobileNetV2(dict: StateDict): FoundBackbone {
  // The first unit expands nothing.
  const depthwise = (index: number) => (index === 0 ? 0 : 1);
  const at = (index: number, module: number) => vainfUnit(index + 1, `conv.${module}`);
  const found = mobileNetV2({
    width: outputsOf(dict, at(MOBILENET_V2_LAST.unit, depthwise(MOBILENET_V2_LAST.unit) + 1)) / MOBILENET_V2_LAST.channels,
    channels: (_, index) => outputsOf(dict, index === null ? `${VAINF_STEM}.0` : at(index, depthwise(index) + 1))
  });
  const units = found.units.map((unit) =>
    unit.kind === "inverted" ? ({...unit, zerosAround: "input"} satisfies InvertedUnit) : ({...unit, padding: "valid"} as ConvUnit)
  );
  const backbone: Backbone = {...found, units, skips: {4: LOW_LEVEL_END_POINT}};
  const layer = (at: string) => ({conv: `${at}.0`, norm: `${at}.1`});
  return {
    ...COMMON,
    title: "MobileNetV2",
    backbone: normalised(backbone),
    rates: RATES,
    sources: byRules([
      [/^backbone\/conv$/, () => layer(VAINF_STEM)],
      [
        /^backbone\/block_(\d+)\/(\w+)$/,
        (number, part) => {
          const index = Number(number);
          const first = depthwise(index);
          if (part === "expand") return layer(at(index, 0));
          return part === "depthwise" ? layer(at(index, first)) : {conv: at(index, first + 1), norm: at(index, first + 2)};
        }
      ]
    ])
  };
}
