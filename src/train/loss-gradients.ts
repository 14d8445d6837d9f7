import type * as tf from "@tensorflow/tfjs-core";
import {weightGradients} from "../engine/gradient.js";
import type {WeightGradientOptions} from "../engine/gradient.js";
import type {Plan} from "../engine/plan.js";
import type {StepWeights} from "../engine/weights.js";
import {crossEntropy} from "./cross-entropy.js";
import type {CrossEntropyOptions} from "./cross-entropy.js";

/** Photos with their labels; they stay the caller's. */
export interface Batch {
  /** [N, height, width, 3], values in [-1, 1]. */
  readonly input: tf.Tensor4D;
  /** [N, height, width], float32: class ids; 255 does not count. */
  readonly labels: tf.Tensor3D;
}

export interface LossGradients {
  readonly loss: tf.Scalar;
  /** Of the weights that are not frozen, by name. */
  readonly gradients: Readonly<Record<string, tf.Tensor>>;
}

/** The loss of a batch, and its gradients with respect to weights. @returns the caller disposes both */
export function lossGradients(
  {steps, output}: Pick<Plan, "steps" | "output">,
  weights: StepWeights,
  {input, labels}: Batch,
  {frozen, onGradient, onStep, ...options}: WeightGradientOptions & CrossEntropyOptions
): LossGradients {
  let loss: tf.Scalar | undefined;
  const seedOf = (logits: tf.Tensor4D) => {
    const {value, gradient} = crossEntropy(logits, labels, options);
    loss = value;
    return gradient;
  };
  try {
    return {gradients: weightGradients(steps, weights, input, output, seedOf, {frozen, onGradient, onStep}), loss: loss!};
  } catch (error) {
    loss?.dispose();
    throw error;
  }
}
