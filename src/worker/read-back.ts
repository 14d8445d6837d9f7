import type * as tf from "@tensorflow/tfjs-core";
import type {Activations} from "../engine/activations.js";

/** Reads an activation [1, height, width, channels] back from the device; it stays the caller's. */
export async function readBack(tensor: tf.Tensor4D): Promise<Activations> {
  const [, height, width, channels] = tensor.shape;
  return {height, width, channels, values: (await tensor.data()) as Float32Array};
}
