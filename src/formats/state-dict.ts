/** A tensor of a file by its shape; its values are decoded when they are asked for. */
export interface NamedTensor {
  readonly shape: readonly number[];
  /** Row by row, as float32. */
  values(): Float32Array;
}

/** What a file of PyTorch's or Hugging Face's holds: tensors by the names that the network's modules have. */
export type StateDict = ReadonlyMap<string, NamedTensor>;
