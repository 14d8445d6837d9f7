import * as tf from "@tensorflow/tfjs-core";
import {execute} from "./execute.js";
import {neighbours} from "./neighbours.js";
import {INPUT, findStep, stepsBetween} from "./step-list.js";
import {activationKind} from "./steps/activation.js";
import type {BackwardResult} from "./steps/kind.js";
import {kindOf} from "./steps/kinds.js";
import type {Step} from "./steps/kinds.js";
import {tensorsOf} from "./weights.js";
import type {StepWeights} from "./weights.js";

export interface GradientOptions {
  /** End points through which no gradient flows, e.g. image pooling, to see what only the local branches look at. */
  readonly without?: readonly string[];
}

export interface Gradients {
  /** [N, height, width, 3]; zeros where no gradient reaches the input. */
  readonly input: tf.Tensor4D;
  /** By canonical name; of the weights between the input and the end point. */
  readonly weights: Readonly<Record<string, tf.Tensor>>;
}

/**
 * The gradients of a weighted sum of an end point's values with respect to the network's input and its weights, by one reverse sweep over
 * the steps between them.
 *
 * It is made of forward operations only: TensorFlow.js refuses the gradient of an atrous convolution, its WASM backend lacks gradient
 * kernels, and some that there are are wrong. So it runs wherever the network does.
 *
 * @param input [N, height, width, 3], the point at which the gradients are taken
 * @param seed the weights of the sum, of the end point's shape [N, height, width, channels]; it stays the caller's
 * @returns the caller disposes them
 * @throws RangeError on a seed or an input of another shape, or an end point that is not there
 */
export function gradients(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  endPoint: string,
  seed: tf.Tensor4D,
  options: GradientOptions = {}
): Gradients {
  return sweep(steps, weights, input, endPoint, seed, {...options, ofWeights: true});
}

/** The gradient with respect to the input alone, which takes less memory. Parameters as those of `gradients`. */
export function inputGradient(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  endPoint: string,
  seed: tf.Tensor4D,
  options: GradientOptions = {}
): tf.Tensor4D {
  return sweep(steps, weights, input, endPoint, seed, {...options, ofWeights: false}).input;
}

function sweep(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  endPoint: string,
  seed: tf.Tensor4D,
  {without = [], ofWeights}: GradientOptions & {readonly ofWeights: boolean}
): Gradients {
  const {height, width, channels} = findStep(steps, endPoint);
  const expected = [input.shape[0], height, width, channels];
  if (seed.shape.join() !== expected.join()) {
    throw new RangeError(
      `The gradient of "${endPoint}" takes weights of shape [${expected.join(", ")}]; it was given [${seed.shape.join(", ")}].`
    );
  }
  const visited = stepsBetween(steps, endPoint, without);
  const needs = new Map(visited.map((step) => [step.name, neededActivations(step, ofWeights)]));
  /** How many steps have yet to read an activation. */
  const uses = new Map<string, number>();
  for (const names of needs.values()) for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
  const activations = uses.size > 0 ? execute(steps, weights, input, [...uses.keys()]) : {};

  const sums = new Map<string, tf.Tensor4D>([[endPoint, tf.clone(seed)]]);
  const ofWeight: Record<string, tf.Tensor> = {};
  const take = (name: string) => {
    const tensor = sums.get(name);
    sums.delete(name);
    return tensor;
  };
  let isDone = false;
  try {
    for (const step of visited.toReversed()) {
      if (step.name === INPUT) break;
      const gradient = take(step.name)!;
      const back = tf.tidy(
        () => sentBack(step, gradient, activations, weights, ofWeights) as unknown as tf.TensorContainerObject
      ) as unknown as BackwardResult;
      gradient.dispose();
      for (const name of needs.get(step.name)!) {
        uses.set(name, uses.get(name)! - 1);
        if (uses.get(name) === 0) {
          activations[name]!.dispose();
          delete activations[name];
        }
      }
      for (const [role, tensor] of Object.entries(back.weights)) ofWeight[`${step.name}/${role}`] = tensor;
      step.inputs.forEach((name, index) => {
        const share = back.inputs[index]!;
        if (without.includes(name)) {
          share.dispose();
          return;
        }
        const before = take(name);
        sums.set(name, before ? tf.add(before, share) : share);
        if (before) tf.dispose([before, share]);
      });
    }
    isDone = true;
    return {input: take(INPUT) ?? tf.zerosLike(input), weights: ofWeight};
  } finally {
    tf.dispose([...sums.values()]);
    tf.dispose(activations);
    if (!isDone) tf.dispose(ofWeight);
  }
}

/** The end points whose activations the way back through a step looks at. */
function neededActivations(step: Step, ofWeights: boolean): string[] {
  const {needsBefore} = activationKind(step.activation);
  const after = step.activation !== "linear" && !needsBefore ? [step.name] : [];
  const inputs = needsBefore || kindOf(step).needsInputs(step, ofWeights) ? step.inputs : [];
  return [...new Set([...after, ...inputs])];
}

function sentBack(
  step: Step,
  gradient: tf.Tensor4D,
  activations: Readonly<Record<string, tf.Tensor4D>>,
  weights: StepWeights,
  ofWeights: boolean
): BackwardResult {
  const kind = kindOf(step);
  const activation = activationKind(step.activation);
  const inputs = step.inputs.map((name) => activations[name]!);
  const tensors = tensorsOf(step, weights);
  const before = activation.needsBefore ? kind.forward(tf, {...step, activation: "linear"}, inputs, tensors) : undefined;
  const through =
    step.activation === "linear"
      ? gradient
      : tf.mul(gradient, activation.derivative(tf, before ? gradient : activations[step.name]!, before));
  return kind.backward(tf, step, {gradient: through as tf.Tensor4D, inputs, weights: tensors, ofWeights});
}

/**
 * The seed that means one value of an end point: one channel at a point, interpolated bilinearly from the four cells around it.
 *
 * @param at row and column in cells, fractional, inside the end point's map
 * @returns [1, height, width, channels]; the caller disposes it
 * @throws RangeError on a point or a channel that the end point does not have
 */
export function pointSeed(
  {name, height, width, channels}: Step,
  {channel, row, column}: {channel: number; row: number; column: number}
): tf.Tensor4D {
  const isInside = row >= 0 && row <= height - 1 && column >= 0 && column <= width - 1;
  if (!isInside || !Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new RangeError(
      `"${name}" has ${height} rows, ${width} columns and ${channels} channels: there is no channel ${channel} at row ${row}, column ${column}.`
    );
  }
  const values = new Float32Array(height * width * channels);
  for (const [y, down] of shares(row, height)) {
    for (const [x, right] of shares(column, width)) values[(y * width + x) * channels + channel]! += down * right;
  }
  return tf.tensor4d(values, [1, height, width, channels]);
}

/** The cells before and after a position, with what each counts there. */
function shares(position: number, size: number): [cell: number, share: number][] {
  const [low, high, fraction] = neighbours(position, size);
  return [
    [low, 1 - fraction],
    [high, fraction]
  ];
}
