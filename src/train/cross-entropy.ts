import * as tf from "@tensorflow/tfjs-core";
import {OPS} from "../engine/ops.js";
import {stepOf} from "../engine/step-list.js";
import {kindOf} from "../engine/steps/kinds.js";

export interface CrossEntropyOptions {
  /** What a pixel of each class counts; 1 by default. */
  readonly classWeights?: readonly number[] | undefined;
  /** Share of all pixels that count, those with the largest losses; 1, all of them, by default. */
  readonly hardest?: number | undefined;
}

export interface CrossEntropy {
  /** The loss, a mean over the pixels that count. */
  readonly value: tf.Scalar;
  /** With respect to the logits, of their shape. */
  readonly gradient: tf.Tensor4D;
}

/**
 * Cross-entropy of logits, enlarged bilinearly to the labels with corners aligned, and its gradient; as the release has it
 * (research/deeplab/utils/train_utils.py). The labels are never made smaller: thin things would be lost.
 *
 * The sum over pixels is divided by how many have a class, or, where only the hardest count, by how many of these have a loss; class
 * weights do not enter into that number.
 *
 * @param logits [N, h, w, classes]
 * @param labels [N, H, W], float32: class ids; what is no class, 255 among them, does not count
 * @returns the caller disposes both
 * @throws RangeError where class weights do not fit
 */
export function crossEntropy(
  logits: tf.Tensor4D,
  labels: tf.Tensor3D,
  {classWeights, hardest = 1}: CrossEntropyOptions = {}
): CrossEntropy {
  const [, height, width, classes] = logits.shape;
  if (classWeights && classWeights.length !== classes) {
    throw new RangeError(`There are ${classes} classes and ${classWeights.length} class weights: one a class is needed.`);
  }
  const enlarge = stepOf("upsample", "enlarged", ["logits"], [{height, width, channels: classes}], {
    height: labels.shape[1],
    width: labels.shape[2],
    sampling: "corners"
  });
  return tf.tidy(() => {
    const {forward, backward} = kindOf(enlarge);
    // Maps as large as the labels, with a channel a class, are what takes most memory: each is let go of as soon as it was used.
    const lower = tf.tidy(() => {
      const scores = forward(OPS, enlarge, [logits], {});
      return tf.sub(scores, tf.max(scores, 3, true));
    });
    const counted = tf.step(tf.sub(classes, labels)) as tf.Tensor3D;
    const truth = tf.tidy(() => tf.cast(tf.oneHot(tf.cast(tf.mul(labels, counted), "int32"), classes), "float32")) as tf.Tensor4D;
    const weights = classWeights ? tf.tidy(() => tf.mul(counted, tf.sum(tf.mul(truth, tf.tensor1d([...classWeights])), 3))) : counted;

    const exponentials = tf.exp(lower);
    const totals = tf.sum(exponentials, 3, true);
    const losses = tf.tidy(() => tf.mul(tf.sub(tf.log(tf.squeeze(totals, [3])), tf.sum(tf.mul(lower, truth), 3)), weights)) as tf.Tensor3D;
    lower.dispose();

    const kept = hardest < 1 ? atLeast(losses, largest(losses, Math.max(1, Math.floor(hardest * losses.size)))) : tf.onesLike(losses);
    const number = tf.maximum(total(hardest < 1 ? tf.mul(kept, tf.step(losses)) : counted), 1);
    const share = tf.expandDims(tf.div(tf.mul(weights, kept), number), 3);
    const slopes = tf.tidy(() => tf.mul(tf.sub(tf.div(exponentials, totals), truth), share)) as tf.Tensor4D;
    tf.dispose([exponentials, truth]);
    const [gradient] = backward(OPS, enlarge, {gradient: slopes, inputs: [], weights: {}, ofWeights: false, ofInputs: true}).inputs;
    // Two results that are one on no backend.
    return {value: tf.div(total(tf.mul(losses, kept)), number), gradient} as unknown as tf.TensorContainerObject;
  }) as unknown as CrossEntropy;
}

/** Row by row first: a sum of a million numbers one after the other would lose three digits. */
function total(x: tf.Tensor): tf.Scalar {
  return tf.sum(tf.sum(x, 2));
}

/** One where a value is not below a bound, zero elsewhere. */
function atLeast(values: tf.Tensor, bound: tf.Tensor): tf.Tensor {
  return tf.sub(1, tf.step(tf.sub(bound, values)));
}

/** Halvings of an interval after which its ends are neighbours in float32. */
const HALVINGS = 32;

/**
 * The `count`-th largest of values from 0 up, by halving: sorting a million of them is what backends do worst. Nothing is read back.
 */
function largest(values: tf.Tensor3D, count: number): tf.Scalar {
  let low: tf.Scalar = tf.scalar(0);
  let high: tf.Scalar = tf.add(tf.max(values), 1);
  for (let i = 0; i < HALVINGS; i++) {
    [low, high] = tf.tidy(() => {
      const middle = tf.div(tf.add(low, high), 2);
      const isEnough = tf.step(tf.sub(total(atLeast(values, middle)), count - 0.5));
      return [tf.add(low, tf.mul(isEnough, tf.sub(middle, low))), tf.sub(high, tf.mul(tf.sub(1, isEnough), tf.sub(high, middle)))];
    }) as [tf.Scalar, tf.Scalar];
  }
  return low;
}

/** How many pixels count at a step, and how that comes about. */
export interface HardExamples {
  /** Share of the pixels that count in the end, above 0 up to 1: the release's `top_k_percent_pixels`. */
  readonly share: number;
  /** Steps over which the share falls from 1; 0: from the start. The release's `hard_example_mining_step`. */
  readonly steps: number;
}

/** Share of the pixels that count at a step, from 0. */
export function hardestShare({share, steps}: HardExamples, step: number): number {
  const done = steps === 0 ? 1 : Math.min(1, step / steps);
  return done * share + (1 - done);
}
