import type * as tf from "@tensorflow/tfjs-core";
import type {Activations} from "../engine/activations.js";
import type {LogitsArray} from "../engine/labels/pixel.js";

/** Reads an activation [1, height, width, channels] back from the device; it stays the caller's. */
export async function readBack(tensor: tf.Tensor4D): Promise<Activations> {
  const [, height, width, channels] = tensor.shape;
  return {height, width, channels, values: (await tensor.data()) as Float32Array};
}

/** The same of logits. */
export async function readLogits(logits: tf.Tensor4D): Promise<LogitsArray> {
  const {channels, ...rest} = await readBack(logits);
  return {...rest, classes: channels};
}
