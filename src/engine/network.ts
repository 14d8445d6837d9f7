/**
 * The description of a network: data, not code. Everything else (the plan of a run, its cost, the
 * tables and diagrams, the check of an imported file) follows from it.
 *
 * Channel counts are explicit, so that a description can be compared with a weight file shape by
 * shape; strides and rates are those of the training graph, and `plan` turns them into those of a run.
 */
import type {Activation} from "./steps/activation.js";

export type {Activation} from "./steps/activation.js";

interface UnitBase {
  /** End point of the unit's output, relative to `backbone/`. */
  readonly name: string;
  readonly channels: number;
  readonly stride: number;
  /** Factor on the rate that the output stride gives (multi-grid: DeepLab v3, section 3.2.1); 1 by default. */
  readonly rateFactor?: number;
}

/** One convolution. */
export interface ConvUnit extends UnitBase {
  readonly kind: "conv";
  readonly kernel: number;
  readonly activation: Activation;
  /** Where it is padded so, whatever the network's other strided convolutions do. */
  readonly padding?: "valid" | "same";
}

/** One pooling, which keeps the channels. */
export interface PoolUnit extends UnitBase {
  readonly kind: "pool";
  readonly pool: "max" | "mean";
  readonly window: number;
  /** As TensorFlow pads, by default: the release pads no pool evenly, even where it does convolutions; PyTorch pads both. */
  readonly padding?: "same" | "fixed";
}

/**
 * A factor and a summand a channel. As the first unit it is the preprocessing of networks that take a mean and a deviation of their own:
 * every network here is given x / 127.5 - 1, and (x / 255 - mean) / deviation is that times 1 / (2 deviation) plus
 * (0.5 - mean) / deviation.
 */
export interface AffineUnit extends UnitBase {
  readonly kind: "affine";
  readonly stride: 1;
  readonly activation: Activation;
}

/** Two 3x3 convolutions and a skip (He et al. 2015, section 3.3). */
export interface BasicUnit extends UnitBase {
  readonly kind: "basic";
  readonly shortcut: "identity" | "projection";
  readonly activation: Activation;
}

/** Squeeze-and-excitation between an inverted unit's depthwise convolution and its projection (MobileNetV3, section 5.3). */
export interface Squeeze {
  readonly channels: number;
  readonly activation: Activation;
  readonly gate: Activation;
}

/** An inverted residual unit (MobileNetV2: Sandler et al. 2018, section 3.3). */
export interface InvertedUnit extends UnitBase {
  readonly kind: "inverted";
  readonly kernel: number;
  readonly inputChannels: number;
  /** Channels of the depthwise convolution; equal to `inputChannels` where there is no expansion. */
  readonly expandedChannels: number;
  readonly activation: Activation;
  readonly squeeze?: Squeeze;
  /** Whether the unit adds its input to its output. */
  readonly residual: boolean;
  /**
   * Where the zeros stand around the unit's input and not around its expansion: what the depthwise convolution reads beyond the border
   * is then what the expansion makes of zero.
   */
  readonly zerosAround?: "input";
}

/** 1x1 reduce, 3x3, 1x1 restore, and a skip (He et al. 2015, section 4.1). */
export interface BottleneckUnit extends UnitBase {
  readonly kind: "bottleneck";
  /** Activation after the addition, or batch norm and activation before the first convolution (ResNet v2: He et al. 2016, section 4). */
  readonly order: "post" | "pre";
  readonly reducedChannels: number;
  /** The input itself (every stride-th cell of it), or a 1x1 convolution of it. */
  readonly shortcut: "identity" | "projection";
  readonly activation: Activation;
  /** Which convolution strides: the 3x3, by default, or the first 1x1, as He et al. had it at first and Keras has it. */
  readonly strideAt?: "reduce";
  /** Whether the batch norms of a pre-activation unit between its convolutions stand as steps of their own; folded by default. */
  readonly norms?: "folded" | "apart";
}

/** Three separable convolutions and a skip, the last with the stride (modified Aligned Xception: DeepLab v3+, section 3.2). */
export interface SeparableUnit extends UnitBase {
  readonly kind: "separable";
  /** Channels of the three; the last is the unit's. */
  readonly parts: readonly [number, number, number];
  /** Factor on the rate of each of the three; 1 by default. The release's multi-grid stands here, in the exit flow's last unit. */
  readonly multiGrid?: readonly [number, number, number];
  /** Before each separable convolution, or inside it, after depthwise and after pointwise. */
  readonly activationAt: "before" | "inside";
  readonly activation: Activation;
  readonly shortcut: "conv" | "sum" | "none";
}

export type Unit = ConvUnit | PoolUnit | AffineUnit | BasicUnit | InvertedUnit | BottleneckUnit | SeparableUnit;

export interface Backbone {
  readonly family: string;
  /** What the builder was told, for the model's card, e.g. `{width: 0.5}`. */
  readonly options: Readonly<Record<string, number | string>>;
  readonly units: readonly Unit[];
  /**
   * Where the rate that takes a stride's place begins: in the unit after the one that lost its stride (DeepLab v3, section 3.2; the
   * default), or in that unit itself, as in torchvision's MobileNetV3.
   */
  readonly dilatesFrom?: "next" | "itself";
  /** End points, relative to `backbone/`, that a decoder's skip reads, by their stride in training. */
  readonly skips: Readonly<Record<number, string>>;
}

/** One branch of atrous spatial pyramid pooling (DeepLab v3, section 3.3). */
export type AsppBranch =
  | {readonly kind: "image_pooling"; readonly name: string; readonly channels: number}
  | {readonly kind: "conv_1x1"; readonly name: string; readonly channels: number}
  | {
      readonly kind: "atrous";
      readonly name: string;
      readonly channels: number;
      /** Atrous rate at output stride 16; scaled by 16 / OS in a run. */
      readonly rate: number;
      /** Depthwise 3x3 then pointwise 1x1 (v3+) instead of a full 3x3 (v3). */
      readonly separable: boolean;
    };

/** A gate on what the branches give, from the features pooled in windows (R-ASPP: MobileNetV3, section 6.4). */
export interface Gate {
  /** Side of the pooled windows in pixels of the photo, as the release states it (`image_pooling_crop_size`); `all` pools the whole map. */
  readonly window: number | "all";
  /** Cells from one window to the next, down and to the right. */
  readonly stride: readonly [down: number, right: number];
  readonly activation: Activation;
  /** True by default; false in torchvision. */
  readonly bias?: boolean;
}

export interface Aspp {
  /** In the order of the concatenation: image pooling first, as in the release. */
  readonly branches: readonly AsppBranch[];
  /** Channels of the 1x1 that mixes the branches; null where they go on as they are. */
  readonly projectionChannels: number | null;
  readonly gate?: Gate;
  /** 3x3 convolutions of what all that gives, one after the other: PyTorch's v3 has one. None by default. */
  readonly convolutions?: readonly DecoderConvolution[];
}

export interface DecoderConvolution {
  readonly name: string;
  readonly channels: number;
  readonly separable: boolean;
}

/** A stage of the v3+ decoder (DeepLab v3+, section 3.1 and figure 2): what comes from below, upsampled, meets a skip of the backbone. */
export interface DecoderStage {
  /** End point of the backbone that the skip reads, relative to `backbone/`, e.g. `block_02/depthwise`. */
  readonly lowLevelEndPoint: string;
  /** Channels of the 1x1 on the skip. */
  readonly lowLevelChannels: number;
  /** Side by side, or, after a linear 1x1 on each at the skip's size, added. */
  readonly merge: "concat" | "sum";
  readonly convolutions: readonly DecoderConvolution[];
}

export interface Head {
  readonly aspp: Aspp;
  /** From the deepest to the finest; none in v3. */
  readonly decoder: readonly DecoderStage[];
  /** What gives the logits: a 1x1 convolution, or the decoder's last stage itself. */
  readonly logits: "conv" | "decoder";
  /** Activation of ASPP and decoder: the release clips MobileNetV2 at 6 and these not at all. */
  readonly activation: Activation;
}

/** What follows a depthwise convolution. */
export interface AfterDepthwise {
  readonly activation: Activation;
  readonly bias: boolean;
}

export interface Network {
  readonly backbone: Backbone;
  readonly head: Head;
  readonly classes: number;
  /**
   * What follows the depthwise convolutions of inverted and separable units and of the head, where it is not what follows the
   * convolutions around them: nothing at all in networks made to be quantised (Sheng et al. 2018, section 3).
   */
  readonly depthwise?: AfterDepthwise;
  /** How convolutions with a stride and a kernel above 1x1 are padded: as TensorFlow does, or evenly, as "fixed" says. */
  readonly padding: "same" | "fixed";
  /**
   * Where maps are enlarged with half-pixel centres, as PyTorch does by default: what the decoder upsamples, and the logits, to the
   * input's size, as such a network's last layer. By default corners are aligned, and the logits stay as large as they are.
   */
  readonly sampling?: "half_pixel";
}
