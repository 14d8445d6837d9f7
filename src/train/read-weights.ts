import type * as tf from "@tensorflow/tfjs-core";
import type {Weight, WeightMap} from "../engine/model.js";

/** Reads weights back from the current backend, all at once; the tensors stay the caller's. */
export async function readWeights(tensors: Readonly<Record<string, tf.Tensor>>): Promise<WeightMap> {
  const entries = Object.entries(tensors).map(async ([name, tensor]): Promise<[string, Weight]> => {
    // A copy: some backends hand out the array that they keep.
    return [name, {shape: tensor.shape, values: ((await tensor.data()) as Float32Array).slice()}];
  });
  return Object.fromEntries(await Promise.all(entries));
}
