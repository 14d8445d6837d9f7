import * as tf from "@tensorflow/tfjs-core";
import type {Model} from "./model.js";
import type {Network} from "./network.js";
import {weightShapes} from "./plan.js";
import type {Step} from "./steps.js";

/** Kernel and bias tensors on the current backend, by canonical name. */
export interface DeviceWeights {
  readonly tensors: Readonly<Record<string, tf.Tensor>>;
  /** Number of channels at the head of ASPP's concatenation that come from image pooling; 0 where it has none beside others. */
  readonly pooledChannels: number;
  dispose(): void;
}

/** The rows of the projection's kernel that read the image-level feature, and those that read the other branches. */
export const PROJECTION_POOLED = "aspp/projection/kernel/pooled";
export const PROJECTION_SPATIAL = "aspp/projection/kernel/spatial";

/**
 * Puts a model's weights on the current backend.
 *
 * @throws Error naming the weight where one is missing or has another shape than the description says
 */
export function loadWeights({network, weights}: Pick<Model, "network" | "weights">): DeviceWeights {
  const shapes = weightShapes(network);
  for (const [name, shape] of Object.entries(shapes)) {
    const weight = weights[name];
    if (!weight) throw new Error(`The model has no weight "${name}".`);
    if (weight.shape.join() !== shape.join()) {
      throw new Error(`The weight "${name}" has shape [${weight.shape.join(", ")}]; the network needs [${shape.join(", ")}].`);
    }
  }
  const pooledChannels = leadingPooledChannels(network);
  const tensors: Record<string, tf.Tensor> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    // tf.tensor keeps the array it is given on some backends: a copy protects the model against them.
    tensors[name] = tf.tensor(weights[name]!.values.slice(), shape, "float32");
  }
  if (pooledChannels > 0) {
    const kernel = tensors["aspp/projection/kernel"] as tf.Tensor4D;
    const [, , inputs, outputs] = kernel.shape;
    tensors[PROJECTION_POOLED] = tf.slice(kernel, [0, 0, 0, 0], [1, 1, pooledChannels, outputs]);
    tensors[PROJECTION_SPATIAL] = tf.slice(kernel, [0, 0, pooledChannels, 0], [1, 1, inputs - pooledChannels, outputs]);
    kernel.dispose();
    delete tensors["aspp/projection/kernel"];
  }
  return {tensors, pooledChannels, dispose: () => tf.dispose(tensors)};
}

/** The whole kernel of a convolution; the projection's two parts are joined, so call it inside `tf.tidy`. */
export function kernelOf({name}: Pick<Step, "name">, tensors: DeviceWeights["tensors"]): tf.Tensor4D {
  return (tensors[`${name}/kernel`] ?? tf.concat([tensors[PROJECTION_POOLED]!, tensors[PROJECTION_SPATIAL]!], 2)) as tf.Tensor4D;
}

function leadingPooledChannels({aspp: {branches}}: Network): number {
  const [first, ...others] = branches;
  const splits = first?.kind === "image_pooling" && others.length > 0 && others.every(({kind}) => kind !== "image_pooling");
  return splits ? first.channels : 0;
}
