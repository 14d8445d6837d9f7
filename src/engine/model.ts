import type {Network} from "./network.js";

/** One weight: float32 values in TensorFlow's layout (kernels HWIO, depthwise kernels HWC1). */
export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Weights by canonical name, e.g. `backbone/block_03/expand/kernel`. */
export type WeightMap = Readonly<Record<string, Weight>>;

/** The end point that a weight belongs to, by the weight's canonical name. */
export function endPointOf(weight: string): string {
  return weight.slice(0, weight.lastIndexOf("/"));
}

/** What a model file says of itself besides its weights. */
export interface ModelCard {
  readonly name: string;
  readonly classes: readonly string[];
  /** One `[r, g, b]` (0-255) a class. */
  readonly palette: readonly (readonly [number, number, number])[];
  readonly license: string;
  readonly source: string;
  /** Free text: measured accuracy with the data and the setting it was measured with. */
  readonly measured: string;
}

/** A model as read from its file: plain arrays, no tensors. */
export interface Model {
  readonly network: Network;
  readonly weights: WeightMap;
  readonly card: ModelCard;
}

/** What is told of a model without its weights. */
export interface ModelFacts extends Omit<ModelCard, "name"> {
  /** Size of its file. */
  readonly bytes: number;
  /** Backbone and head in words, a line each. */
  readonly backbone: string;
  readonly head: string;
  /** How photos are prepared for it, e.g. "x / 127.5 − 1"; not said of models that were kept before that was told. */
  readonly preprocessing?: string;
  /** Whether it has a v3+ decoder. */
  readonly hasDecoder: boolean;
  /** What a DeepLab v3+ has and this one has not, and that it knows one class only, in sentences; empty where nothing is missing. */
  readonly lacks: string;
  /** Of an input of 513 x 513 pixels at output stride 16. */
  readonly multiplyAdds: number;
  readonly parameters: number;
}
