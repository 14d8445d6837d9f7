import {mobileNetV3} from "../engine/backbones/mobilenetv3.js";
import {RELEASED_RESNET, normalisingWeights} from "../engine/backbones/normalise.js";
import {resNetV1} from "../engine/backbones/resnet.js";
import type {ResNetDepth} from "../engine/backbones/resnet.js";
import {xception} from "../engine/backbones/xception.js";
import type {XceptionDepth} from "../engine/backbones/xception.js";
import type {WeightMap} from "../engine/model.js";
import {mobileNetV2s} from "./families.js";
import type {FamilyBackbone} from "./families.js";
import {FAMILY_NAMES, outputs} from "./recognise.js";
import type {Shapes} from "./recognise.js";
import type {NameRule} from "./renaming.js";

/** Factors on the rates of a backbone's last block. */
export type MultiGrid = readonly [number, number, number];

/** A family of backbones as the variables of the DeepLab release are named. */
export interface CheckpointFamily {
  /** As a sentence names it. */
  readonly name: string;
  /** What the names of its variables begin with. */
  readonly scope: string;
  readonly rules: readonly NameRule[];
  /** What batch normalisation adds to a variance: it stands in the program alone. */
  readonly epsilon: number;
  /** The usual factors, where it takes some: they stand in the program's call alone. */
  readonly grid?: MultiGrid;
  /** The backbones that weights of these canonical shapes could belong to, the likeliest first. */
  backbones(shapes: Shapes, multiGrid: MultiGrid): CheckpointBackbone[];
}

export interface CheckpointBackbone extends FamilyBackbone {
  /** Weights that stand in the program alone. */
  readonly given?: WeightMap;
}

/** Channels after the last unit at width 1. */
const LAST_CHANNELS = {mobileNetV2: 320, xception: 2048, resNet: 2048} as const;

/** As TF-Slim names layers of its MobileNets: the first of a kind without a number. */
function mobileNetRules(scope: string): NameRule[] {
  const unit = (ours: string, theirs: string): NameRule[] => [
    [`backbone/block_00/${ours}`, `${scope}/expanded_conv/${theirs}`],
    [`backbone/block_{n:2}/${ours}`, `${scope}/expanded_conv_{n}/${theirs}`]
  ];
  return [
    ["backbone/conv", `${scope}/Conv`],
    ["backbone/last", `${scope}/Conv_1`],
    ...unit("squeeze/reduce", "squeeze_excite/Conv"),
    ...unit("squeeze/expand", "squeeze_excite/Conv_1"),
    ...unit("{part}", "{part}")
  ];
}

const MOBILENET_V2: CheckpointFamily = {
  name: FAMILY_NAMES.mobilenet_v2,
  scope: "MobilenetV2/",
  rules: mobileNetRules("MobilenetV2"),
  epsilon: 1e-3,
  backbones: (shapes) =>
    mobileNetV2s(outputs(shapes, "backbone/block_16/project") / LAST_CHANNELS.mobileNetV2, "relu6").map((backbone) => ({
      backbone,
      padding: "same"
    }))
};

/** As the release changed it for segmentation; both sizes have the same scope. */
const MOBILENET_V3: CheckpointFamily = {
  name: FAMILY_NAMES.mobilenet_v3,
  scope: "MobilenetV3/",
  rules: mobileNetRules("MobilenetV3"),
  epsilon: 1e-3,
  backbones: () => (["large", "small"] as const).map((size) => ({backbone: mobileNetV3({size}), padding: "same"}))
};

function xceptionFamily(depth: XceptionDepth): CheckpointFamily {
  const scope = `xception_${depth}`;
  const flow = (ours: string, theirs: string): NameRule[] => [
    [`backbone/${ours}/separable_{m}/{part}`, `${scope}/${theirs}/xception_module/separable_conv{m}_{part}`],
    [`backbone/${ours}/shortcut`, `${scope}/${theirs}/xception_module/shortcut`]
  ];
  return {
    name: `Xception-${depth}`,
    scope: `${scope}/`,
    rules: [
      ["backbone/root_{n}", `${scope}/entry_flow/conv1_{n}`],
      ...flow("entry_{n}", "entry_flow/block{n}/unit_1"),
      ...flow("middle_{n:2}", "middle_flow/block1/unit_{n}"),
      ...flow("exit_{n}", "exit_flow/block{n}/unit_1")
    ],
    epsilon: 1e-3,
    grid: [1, 1, 1],
    backbones(shapes, multiGrid) {
      const width = outputs(shapes, "backbone/exit_2/separable_3/pointwise") / LAST_CHANNELS.xception;
      return [{backbone: xception({depth, width, multiGrid}), padding: "fixed"}];
    }
  };
}

/** Both kinds of root have the same scope: three 3x3 convolutions ("beta"), or one 7x7, before which a mean is taken from the photo. */
function resNetFamily(depth: ResNetDepth): CheckpointFamily {
  const scope = `resnet_v1_${depth}`;
  const unit = (ours: string, theirs: string): NameRule => [
    `backbone/block_{n}_unit_{m}/${ours}`,
    `${scope}/block{n}/unit_{m}/bottleneck_v1/${theirs}`
  ];
  return {
    name: `ResNet-${depth}`,
    scope: `${scope}/`,
    rules: [
      ["backbone/root", `${scope}/conv1`],
      ["backbone/root_{n}", `${scope}/conv1_{n}`],
      unit("reduce", "conv1"),
      unit("conv", "conv2"),
      unit("restore", "conv3"),
      unit("shortcut", "shortcut")
    ],
    epsilon: 1e-5,
    grid: [1, 2, 4],
    backbones(shapes, multiGrid) {
      const options = {depth, multiGrid, width: outputs(shapes, "backbone/block_4_unit_3/restore") / LAST_CHANNELS.resNet};
      if (!shapes["backbone/root/kernel"]) return [{backbone: resNetV1({...options, root: "3x3"}), padding: "fixed"}];
      const {scale, shift} = normalisingWeights(RELEASED_RESNET);
      const given = {"backbone/normalise/scale": scale, "backbone/normalise/shift": shift};
      return [{backbone: resNetV1({...options, root: "7x7"}), padding: "fixed", given}];
    }
  };
}

/** Every family whose checkpoints are read. A new one is a line here. */
export const CHECKPOINT_FAMILIES: readonly CheckpointFamily[] = [
  MOBILENET_V2,
  MOBILENET_V3,
  xceptionFamily(41),
  xceptionFamily(65),
  xceptionFamily(71),
  resNetFamily(50),
  resNetFamily(101)
];
