import {huggingFaceMobileNetV2, mobileNetV2, vainfMobileNetV2} from "../engine/backbones/mobilenetv2.js";
import {mobileNetV3, torchvisionMobileNetV3} from "../engine/backbones/mobilenetv3.js";
import {unprepared} from "../engine/backbones/normalise.js";
import {KERAS_ENDS, kerasResNet, resNetV1, torchvisionResNet} from "../engine/backbones/resnet.js";
import {inEights, scaledInEights} from "../engine/backbones/width.js";
import {xception} from "../engine/backbones/xception.js";
import type {Activation, AfterDepthwise, Backbone, Network} from "../engine/network.js";
import type {Layer} from "./fold.js";
import {isPointwise} from "./folded-graph.js";
import type {FoldedGraph} from "./folded-graph.js";
import {FAMILY_NAMES} from "./recognise.js";

/** A backbone, how its strided convolutions are padded and what follows its depthwise ones. */
export interface FamilyBackbone extends Pick<Network, "backbone" | "padding" | "depthwise"> {
  /** Of networks by PyTorch's makers: photos less ImageNet's mean, logits enlarged with half-pixel centres, where a file says neither. */
  readonly isTorch?: boolean;
}

/** A family of backbones that a file is compared with. */
export interface Family {
  /** As a sentence names it. */
  readonly name: string;
  /** What its units are called, and what their names begin with. */
  readonly units: {readonly called: string; readonly prefix: string};
  /** The backbones of this family that a graph could hold, the likeliest first. */
  backbones(graph: FoldedGraph): FamilyBackbone[];
}

/** Channels of MobileNetV2's first convolution and of its last unit at width 1. */
const STEM_CHANNELS = 32;
const LAST_CHANNELS = 320;

/** More that differ than any network reads a photo with: for each, every backbone is laid out and compared. */
const MOST_STEMS = 8;

/** What the first convolution could be: of those from which the same backbones follow, one. */
function stemsOf({layers}: FoldedGraph): Layer[] {
  const stems = new Map<string, Layer>();
  for (const layer of layers) {
    const {op, kernel, activation, bias, padding} = layer;
    if (op !== "conv" || kernel.shape[2] !== 3) continue;
    const key = [activation, bias.length, padding].join(" ");
    if (!stems.has(key) && stems.size < MOST_STEMS) stems.set(key, layer);
  }
  return [...stems.values()];
}

/** How a network with this first convolution is padded, the usual of its family first where a file may mean either. */
function paddingsOf({padding}: Layer, usual: Network["padding"]): readonly Network["padding"][] {
  if (padding === "same_or_fixed") return usual === "same" ? ["same", "fixed"] : ["fixed", "same"];
  return [padding === "fixed" ? "fixed" : "same"];
}

/** Backbones that go by nothing but their first convolution, each with that one's padding. */
function afterStem(usual: Network["padding"], of: (stem: Layer) => readonly Backbone[]): Family["backbones"] {
  return (graph) =>
    stemsOf(graph).flatMap((stem) => of(stem).flatMap((backbone) => paddingsOf(stem, usual).map((padding) => ({backbone, padding}))));
}

/** Backbones by PyTorch's makers, which pad "fixed"; photos come prepared. */
function byTorch(backbones: readonly Backbone[]): FamilyBackbone[] {
  return backbones.map((backbone) => ({backbone: unprepared(backbone), padding: "fixed", isTorch: true}));
}

const MOBILENET_V2: Family = {
  name: FAMILY_NAMES.mobilenet_v2,
  units: {called: "inverted residual units", prefix: "block_"},
  backbones(graph) {
    const projections = graph.layers.filter((layer) => isPointwise(layer) && layer.activation === "linear").map(({bias}) => bias.length);
    const last = new Set(projections);
    const depthwise = afterDepthwise(graph);
    return stemsOf(graph).flatMap((first) => {
      const {activation, bias} = first;
      const {length: stem} = bias;
      // Rounded to whole channels, the last unit tells the width more finely than the first convolution.
      const widths = [...last].map((channels) => channels / LAST_CHANNELS);
      const plain = [...widths.filter((width) => Math.round(width * STEM_CHANNELS) === stem), stem / STEM_CHANNELS];
      const inKeras = widths.filter((width) => width !== 1 && inEights(width * STEM_CHANNELS) === stem);
      const counted = projections[LAST_UNIT] && {
        width: projections[LAST_UNIT] / LAST_CHANNELS,
        activation,
        channels: (_: number, unit: number | null) => (unit === null ? stem : projections[unit]!)
      };
      // Around its photo VainF's has no zeros, and no other has none.
      if (counted && first.padding === "valid") return byTorch([vainfMobileNetV2(counted)]);
      return [
        ...plain.flatMap((width) => mobileNetV2s(width, activation)),
        // There all channels are multiples of eight.
        ...inKeras.map((width) => mobileNetV2({width, activation, channels: scaledInEights(width)})),
        ...(counted ? [mobileNetV2(counted), huggingFaceMobileNetV2(counted)] : [])
      ].flatMap((backbone) => paddingsOf(first, "same").map((padding) => ({backbone, padding, ...(depthwise && {depthwise})})));
    });
  }
};
/** Number of MobileNetV2's last unit. */
const LAST_UNIT = 16;

/** The backbones of a width: with plain expansions, and where they differ, with expansions of eights, as the release has them. */
export function mobileNetV2s(width: number, activation: Activation): Backbone[] {
  const plain = mobileNetV2({width, activation});
  const inEights = mobileNetV2({width, activation, expansions: "in_eights"});
  return JSON.stringify(plain) === JSON.stringify(inEights) ? [plain] : [plain, inEights];
}

/** What follows every depthwise convolution of a graph where that is no activation; undefined where they are like their neighbours. */
function afterDepthwise({layers}: FoldedGraph): AfterDepthwise | undefined {
  const depthwise = layers.filter(({op}) => op === "depthwise");
  if (depthwise.length === 0 || depthwise.some(({activation}) => activation !== "linear")) return undefined;
  return {activation: "linear", bias: depthwise.some(({bias}) => bias.some((value) => value !== 0))};
}

/** As the release changed it for segmentation, at width 1; and torchvision's. */
const MOBILENET_V3: Family = {
  name: FAMILY_NAMES.mobilenet_v3,
  units: {called: "inverted residual units", prefix: "block_"},
  backbones(graph) {
    const released = afterStem("same", ({activation}) =>
      activation === "hard_swish" ? [mobileNetV3({size: "large"}), mobileNetV3({size: "small"})] : []
    );
    const last = graph.layers.filter((layer) => isPointwise(layer) && layer.activation === "hard_swish").map(({bias}) => bias.length);
    const widths = new Set(last.map((channels) => channels / MOBILENET_V3_LAST_CHANNELS));
    return [...released(graph), ...byTorch([...widths].map((width) => torchvisionMobileNetV3({width})))];
  }
};
const MOBILENET_V3_LAST_CHANNELS = 960;

/**
 * The release's with the root of three 3x3 convolutions (`_beta`), which is given what every network here is given, Keras's and
 * torchvision's.
 */
const RESNET_V1: Family = {
  name: FAMILY_NAMES.resnet_v1,
  units: {called: "bottleneck units", prefix: "block_"},
  backbones(graph) {
    const plain = afterStem("fixed", ({activation, bias, kernel}) => {
      if (activation !== "relu") return [];
      const width = bias.length / RESNET_STEM_CHANNELS;
      return DEPTHS.flatMap((depth) =>
        kernel.shape[0] === 3
          ? GRIDS.map((multiGrid) => resNetV1({depth, width, root: "3x3", ...(multiGrid && {multiGrid})}))
          : KERAS_ENDS.map((end) => kerasResNet({depth, width, end}))
      );
    });
    const roots = stemsOf(graph).filter(({kernel}) => kernel.shape[0] === TORCH_ROOT);
    const widths = new Set(roots.map(({bias}) => bias.length / RESNET_STEM_CHANNELS));
    return [...plain(graph), ...byTorch([...widths].flatMap((width) => DEPTHS.map((depth) => torchvisionResNet({depth, width}))))];
  }
};
const DEPTHS = [50, 101] as const;
const GRIDS = [undefined, [1, 2, 4]] as const;
/** Side of the kernel of torchvision's root. */
const TORCH_ROOT = 7;
const RESNET_STEM_CHANNELS = 64;

const XCEPTION: Family = {
  name: FAMILY_NAMES.xception,
  units: {called: "units of three separable convolutions", prefix: "(?:entry|middle|exit)_"},
  backbones: (graph) =>
    stemsOf(graph).flatMap((stem) => {
      if (stem.activation !== "relu") return [];
      const width = stem.bias.length / XCEPTION_STEM_CHANNELS;
      return ([65, 41, 71] as const).flatMap((depth) =>
        paddingsOf(stem, "fixed").flatMap((padding): FamilyBackbone[] => {
          const plain: FamilyBackbone = {backbone: xception({depth, width}), padding};
          return padding === "fixed" ? [plain] : [{backbone: xception({depth, width, rootPadding: "same"}), padding: "fixed"}, plain];
        })
      );
    })
};
const XCEPTION_STEM_CHANNELS = 32;

/** Every family that is read. A new one is a line here. */
export const FAMILIES: readonly Family[] = [MOBILENET_V2, MOBILENET_V3, RESNET_V1, XCEPTION];
