import * as tf from "@tensorflow/tfjs-core";
import {executeInTurns} from "../engine/execute.js";
import type {TurnsOptions} from "../engine/execute.js";
import {LOGITS} from "../engine/logits.js";
import {stepOf} from "../engine/step-list.js";
import {convolutionOf} from "../engine/steps/convolution.js";
import type {Step} from "../engine/steps/kinds.js";
import {EPSILON} from "../engine/teaching/batch-statistics.js";
import type {CropMoments, Statistics} from "../engine/teaching/batch-statistics.js";
import type {StepWeights} from "../engine/weights.js";

/*
 * What batch norm does in training, on networks whose norms are folded into the convolutions before them. A folded convolution gives what
 * its norm gives with the running statistics; over photos like those that they are of, that has the norm's own shift as its mean and its
 * own scale as its deviation. So to take the statistics of a batch instead is to bring each channel from the batch's mean and deviation
 * to those that it has over many crops.
 */

/** End point of a convolution before its norm. */
const convolved = (name: string) => `${name}/convolved`;

/**
 * The same steps with each norm by itself after its convolution; that of the logits has none.
 *
 * @param changes whether norms have a scale and a shift, or stand there to look at what they read
 */
export function normsApart(steps: readonly Step[], changes: boolean): Step[] {
  return steps.flatMap((step): Step[] => {
    if (!convolutionOf(step) || step.name === LOGITS) return [step];
    const before = {...step, name: convolved(step.name), activation: "linear" as const, borrowed: {name: step.name}} as Step;
    const {activation} = step;
    return [before, stepOf("affine", step.name, [before.name], [before], {scale: changes, shift: changes, activation}) as Step];
  });
}

/** Moments of each crop of a batch. @param x [N, height, width, C] @returns [2, N, C]: means, and means of squares */
function momentsOf(x: tf.Tensor4D): tf.Tensor3D {
  const [crops, height, width, channels] = x.shape;
  // WASM's mean over a map is many times slower than its pool.
  const mean = (values: tf.Tensor4D) => tf.reshape(tf.avgPool(values, [height, width], 1, "valid"), [crops, channels]);
  return tf.tidy(() => tf.stack([mean(x), mean(tf.square(x))]) as tf.Tensor3D);
}

/** What every norm of a network reads for a batch, crop by crop; the network runs with its running statistics. */
export async function cropMoments(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  turns: Pick<TurnsOptions, "signal" | "pause"> = {}
): Promise<Record<string, CropMoments>> {
  const found: Record<string, tf.Tensor3D> = {};
  try {
    const end = steps.at(-1)!.name;
    const apart = normsApart(steps, false);
    const outputs = await runWithNorms(apart, weights, input, end, turns, (name, x) => {
      found[name] = momentsOf(x);
      return {};
    });
    outputs.dispose();
    const entries = Object.entries(found).map(async ([name, moments]): Promise<[string, CropMoments]> => {
      const [, crops, channels] = moments.shape;
      const values = (await moments.data()).slice() as Float32Array;
      return [name, {crops, channels, means: values.slice(0, crops * channels), squares: values.slice(crops * channels)}];
    });
    return Object.fromEntries(await Promise.all(entries));
  } finally {
    tf.dispose(found);
  }
}

/**
 * Runs a batch as in training: each norm takes the statistics of this batch in place of the running ones.
 *
 * @param running statistics by the end point of each norm
 * @returns what the end point holds for the whole batch; the caller disposes it
 */
export function runOnBatchStatistics(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  endPoint: string,
  running: Readonly<Record<string, Statistics>>,
  turns: Pick<TurnsOptions, "signal" | "pause"> = {}
): Promise<tf.Tensor4D> {
  return runWithNorms(normsApart(steps, true), weights, input, endPoint, turns, (name, x) =>
    tf.tidy(() => {
      const [mean, square] = tf.unstack(tf.mean(momentsOf(x), 1)) as [tf.Tensor1D, tf.Tensor1D];
      const variance = tf.relu(tf.sub(square, tf.square(mean)));
      const {mean: usual, variance: usualVariance} = running[name]!;
      const scale = tf.sqrt(tf.div(tf.add(tf.tensor1d(usualVariance), EPSILON), tf.add(variance, EPSILON)));
      return {scale, shift: tf.sub(tf.tensor1d(usual), tf.mul(mean, scale))} as Record<string, tf.Tensor>;
    })
  );
}

/** Runs steps whose norms are made of what they read. @param normOf from a norm's end point and what it reads to its weights by role */
async function runWithNorms(
  steps: readonly Step[],
  {tensors}: StepWeights,
  input: tf.Tensor4D,
  endPoint: string,
  turns: Pick<TurnsOptions, "signal" | "pause">,
  normOf: (name: string, x: tf.Tensor4D) => Readonly<Record<string, tf.Tensor>>
): Promise<tf.Tensor4D> {
  const norms: Record<string, tf.Tensor> = {};
  const weights = {...tensors};
  try {
    const found = await executeInTurns(steps, {tensors: weights}, input, [endPoint], {
      ...turns,
      // A norm stands right after its convolution.
      onStep({step, before}) {
        if (before && step.inputs[0] === convolved(step.name)) {
          for (const [role, tensor] of Object.entries(normOf(step.name, before))) {
            weights[`${step.name}/${role}`] = norms[`${step.name}/${role}`] = tensor;
          }
        }
      }
    });
    return found[endPoint]!;
  } finally {
    tf.dispose(norms);
  }
}
