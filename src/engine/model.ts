import type {Network} from "./network.js";

/** One weight: float32 values in TensorFlow's layout (kernels HWIO, depthwise kernels HWC1). */
export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Weights by canonical name, e.g. `backbone/block_03/expand/kernel`. */
export type WeightMap = Readonly<Record<string, Weight>>;

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
