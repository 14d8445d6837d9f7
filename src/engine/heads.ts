import type {Activation, Aspp, AsppBranch, Backbone, DecoderStage, Gate, Head, Network} from "./network.js";

/** The heads of DeepLab's papers, of its release and of torchvision, as descriptions. */

/** Filters of each branch and of the projection since v3 (section 3.3). */
const ASPP_CHANNELS = 256;
/** Channels that the low-level skip is reduced to, and of the decoder's two convolutions (v3+, section 4.1). */
const LOW_LEVEL_CHANNELS = 48;
const DECODER_CHANNELS = 256;
/** Stride of the features that v3+'s skip reads (section 3.1). */
const LOW_LEVEL_STRIDE = 4;
/** ASPP rates of v3 and v3+ at output stride 16. */
const RATES = [6, 12, 18] as const;

/** Atrous branches of one width, named by their number. */
export function atrousBranches(rates: readonly number[], channels: number, separable: boolean): AsppBranch[] {
  return rates.map((rate, index) => ({kind: "atrous", name: `atrous_${index}`, channels, rate, separable}));
}

export interface PyramidOptions {
  /** At output stride 16; none in the release's MobileNets. */
  readonly rates?: readonly number[];
  /** Full 3x3 convolutions (v3) or separable ones (v3+, section 3.1). */
  readonly separable: boolean;
}

/** ASPP of v3 (section 3.3) and, with separable convolutions, of v3+: image pooling first, as the release joins it. */
export function pyramid({rates = RATES, separable}: PyramidOptions): Aspp {
  return {
    branches: [IMAGE_POOLING, CONV_1X1, ...atrousBranches(rates, ASPP_CHANNELS, separable)],
    projectionChannels: ASPP_CHANNELS
  };
}

const IMAGE_POOLING: AsppBranch = {kind: "image_pooling", name: "image_pooling", channels: ASPP_CHANNELS};
const CONV_1X1: AsppBranch = {kind: "conv_1x1", name: "conv_1x1", channels: ASPP_CHANNELS};

/** v3: ASPP of full convolutions, and logits. */
export function v3Head(options: Partial<PyramidOptions> = {}): Head {
  return {aspp: pyramid({separable: false, ...options}), decoder: [], logits: "conv", activation: "relu"};
}

/**
 * v3+: ASPP and a decoder at stride 4, both of separable convolutions (section 3.1) or, as the paper's with ResNet-101, of full ones.
 *
 * @throws RangeError where the backbone has nothing at stride 4
 */
export function v3PlusHead(backbone: Backbone, {separable = true, ...options}: Partial<PyramidOptions> = {}): Head {
  return {
    aspp: pyramid({separable, ...options}),
    decoder: [decoderOf(backbone, separable)],
    logits: "conv",
    activation: "relu"
  };
}

/** Whether a decoder can be added to a network: it has none, and its backbone has what the skip reads. */
export function takesDecoder({backbone, head}: Pick<Network, "backbone" | "head">): boolean {
  return head.logits === "conv" && head.decoder.length === 0 && LOW_LEVEL_STRIDE in backbone.skips;
}

/** Whether a network has a decoder that can be taken away: the logits are made without it. */
export function losesDecoder({head}: Pick<Network, "head">): boolean {
  return head.logits === "conv" && head.decoder.length > 0;
}

/** @throws RangeError where the backbone has nothing at this stride */
function skipAt({skips}: Backbone, stride: number): string {
  const endPoint = skips[stride];
  if (!endPoint) throw new RangeError(`The backbone has no features at stride ${stride} for the decoder.`);
  return endPoint;
}

/**
 * The decoder of v3+.
 *
 * @param channels of its convolutions; a narrower one's skip is as much narrower
 * @throws RangeError where the backbone has nothing at stride 4
 */
export function decoderOf(backbone: Backbone, separable: boolean, channels = DECODER_CHANNELS): DecoderStage {
  return {
    lowLevelEndPoint: skipAt(backbone, LOW_LEVEL_STRIDE),
    lowLevelChannels: Math.ceil(LOW_LEVEL_CHANNELS * Math.min(1, channels / DECODER_CHANNELS)),
    merge: "concat",
    convolutions: ["conv_0", "conv_1"].map((name) => ({name, channels, separable}))
  };
}

/**
 * torchvision's `DeepLabHead`: v3 with image pooling last, and a 3x3 convolution before the logits.
 *
 * @param rates at output stride 16; torchvision has (12, 24, 36) whatever the backbone's, which is 8 of its ResNets
 */
export function torchvisionHead(rates: readonly number[]): Head {
  return {
    aspp: {
      branches: [CONV_1X1, ...atrousBranches(rates, ASPP_CHANNELS, false), IMAGE_POOLING],
      projectionChannels: ASPP_CHANNELS,
      convolutions: [{name: "conv_0", channels: ASPP_CHANNELS, separable: false}]
    },
    decoder: [],
    logits: "conv",
    activation: "relu"
  };
}

/** Channels of R-ASPP's one branch (MobileNetV3, table 7). */
const GATED_CHANNELS = 128;
/** Stride of the features that its skip reads. */
const GATED_STRIDE = 8;
/** On Cityscapes, by the flags that the release's model_zoo.md states. */
export const RELEASED_GATE: Gate = {window: 769, stride: [4, 5], activation: "hard_sigmoid"};
export const TORCHVISION_GATE: Gate = {window: "all", stride: [1, 1], activation: "sigmoid", bias: false};

/**
 * R-ASPP (MobileNetV3, section 6.4) as the release runs it on Cityscapes: a 1x1 with a gate of windows of 769 pixels, and logits that are
 * the sum with a skip.
 *
 * @throws RangeError where the backbone has nothing at stride 8
 */
export function reducedHead(backbone: Backbone, classes: number): Head {
  return gatedHead({lowLevelEndPoint: skipAt(backbone, GATED_STRIDE), classes, gate: RELEASED_GATE});
}

/**
 * The same as torchvision has it, `LRASPPHead`: the gate pools the whole map.
 *
 * @throws RangeError where the backbone has nothing at stride 8
 */
export function torchvisionReducedHead(backbone: Backbone, classes: number): Head {
  return gatedHead({lowLevelEndPoint: skipAt(backbone, GATED_STRIDE), classes, gate: TORCHVISION_GATE});
}

export interface GatedOptions {
  /** Of the one branch. */
  readonly channels?: number;
  readonly lowLevelEndPoint: string;
  readonly classes: number;
  readonly gate: Gate;
  readonly activation?: Activation;
}

/** R-ASPP: a gated 1x1, and logits that are the sum with a skip. */
export function gatedHead({channels = GATED_CHANNELS, lowLevelEndPoint, classes, gate, activation = "relu"}: GatedOptions): Head {
  return {
    aspp: {branches: [{...CONV_1X1, channels}], projectionChannels: null, gate},
    decoder: [{lowLevelEndPoint, lowLevelChannels: classes, merge: "sum", convolutions: []}],
    logits: "decoder",
    activation
  };
}
