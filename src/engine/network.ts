/**
 * The description of a network: data, not code. Everything else (the plan of a run, its cost, the
 * tables and diagrams, the check of an imported file) follows from it.
 *
 * Channel counts are explicit, so that a description can be compared with a weight file shape by
 * shape; strides and rates are those of the training graph, and `plan` turns them into those of a run.
 */

export type Activation = "linear" | "relu" | "relu6";

/** The first convolution of a backbone: 3x3, stride 2. */
export interface Stem {
  readonly name: string;
  readonly channels: number;
  readonly stride: number;
}

/** One inverted residual unit of MobileNetV2 (Sandler et al. 2018, section 3.3). */
export interface InvertedResidual {
  readonly name: string;
  readonly inputChannels: number;
  /** Channels of the depthwise convolution; equal to `inputChannels` where there is no expansion. */
  readonly expandedChannels: number;
  readonly outputChannels: number;
  readonly stride: number;
  /** Whether the unit adds its input to its output. */
  readonly residual: boolean;
}

export interface Backbone {
  readonly architecture: "mobilenet_v2";
  readonly widthMultiplier: number;
  readonly stem: Stem;
  readonly blocks: readonly InvertedResidual[];
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

export interface Aspp {
  /** In the order of the concatenation: image pooling first, as in the release. */
  readonly branches: readonly AsppBranch[];
  readonly projectionChannels: number;
}

export interface DecoderConvolution {
  readonly name: string;
  readonly channels: number;
  readonly separable: boolean;
}

/** The v3+ decoder (DeepLab v3+, section 3.1 and figure 2). */
export interface Decoder {
  /** End point of the backbone that the skip reads, relative to `backbone/`, e.g. `block_02/depthwise`. */
  readonly lowLevelEndPoint: string;
  readonly lowLevelChannels: number;
  readonly convolutions: readonly DecoderConvolution[];
}

export interface Network {
  readonly backbone: Backbone;
  readonly aspp: Aspp;
  readonly decoder?: Decoder;
  readonly classes: number;
  /** Activation of the backbone, but for its linear bottlenecks. */
  readonly activation: Activation;
  /** Activation of ASPP and decoder: the release clips the backbone at 6 and these not at all. */
  readonly headActivation: Activation;
}
