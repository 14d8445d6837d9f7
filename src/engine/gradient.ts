import * as tf from "@tensorflow/tfjs-core";
import {OPS} from "./ops.js";
import {execute} from "./execute.js";
import {neighbours} from "./neighbours.js";
import {INPUT, findStep} from "./step-list.js";
import {activationKind} from "./steps/activation.js";
import type {BackwardOptions, BackwardResult} from "./steps/kind.js";
import {kindOf} from "./steps/kinds.js";
import type {Step} from "./steps/kinds.js";
import {tensorsOf} from "./weights.js";
import {usesOf, wayBack} from "./way-back.js";
import type {WayBackOptions} from "./way-back.js";
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
 * kernels, and some that there are are wrong. So it runs wherever the network does. (Depthwise kernels' are summed in plain loops on WASM.)
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
  {without = []}: GradientOptions = {}
): Gradients {
  return sweep(steps, weights, input, {endPoint, seed, without, ofInput: true, isTrained: () => true});
}

/** The gradient with respect to the input alone, which takes less memory. Parameters as those of `gradients`. */
export function inputGradient(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  endPoint: string,
  seed: tf.Tensor4D,
  {without = []}: GradientOptions = {}
): tf.Tensor4D {
  return sweep(steps, weights, input, {endPoint, seed, without, ofInput: true, isTrained: () => false}).input;
}

export interface WeightGradientOptions {
  /** End points whose weights are held: what leads only to them runs forward alone, and gradients stop there. */
  readonly frozen: ReadonlySet<string>;
  /** Is given what is asked of each end point on the way back: the gradient with respect to its values, to look at within the call. */
  readonly onGradient?: ((endPoint: string, gradient: tf.Tensor4D) => void) | undefined;
  /** Called before each step, forward and back, with its end point: for who asks where something went wrong. */
  readonly onStep?: ((endPoint: string) => void) | undefined;
}

/**
 * The gradients with respect to weights alone of what is made of an end point's values, e.g. a loss: forward once, and back to the first
 * weights that are trained.
 *
 * @param seedOf from the end point's values, the caller's only within the call, to the gradient with respect to them; that is disposed here
 * @returns by canonical name; the caller disposes them
 * @throws RangeError as `gradients`
 */
export function weightGradients(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  endPoint: string,
  seedOf: (output: tf.Tensor4D) => tf.Tensor4D,
  {frozen, onGradient, onStep}: WeightGradientOptions
): Gradients["weights"] {
  const isTrained = ({name}: Step) => !frozen.has(name);
  const asked = {endPoint, seed: seedOf, without: [], ofInput: false, isTrained, onGradient, onStep};
  const {input: none, weights: found} = sweep(steps, weights, input, asked);
  none.dispose();
  return found;
}

interface Sweep extends WayBackOptions {
  readonly endPoint: string;
  /** What is the caller's, or what is made of the end point's values and disposed here. */
  readonly seed: tf.Tensor4D | ((output: tf.Tensor4D) => tf.Tensor4D);
  readonly onGradient?: WeightGradientOptions["onGradient"];
  readonly onStep?: WeightGradientOptions["onStep"];
}

function sweep(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  {endPoint, seed, without, ofInput, isTrained, onGradient, onStep}: Sweep
): Gradients {
  const end = findStep(steps, endPoint);
  if (typeof seed !== "function") checkSeed(seed, end, input.shape[0]);
  const way = wayBack(steps, endPoint, {without, ofInput, isTrained});
  const {trained, reached, visited, needs} = way;
  /** How many steps have yet to read an activation. */
  const uses = usesOf(way);
  if (typeof seed === "function") uses.set(endPoint, (uses.get(endPoint) ?? 0) + 1);
  const activations = uses.size > 0 ? execute(steps, weights, input, [...uses.keys()], {onStep: ({step}) => onStep?.(step.name)}) : {};

  const sums = new Map<string, tf.Tensor4D>();
  const ofWeight: Record<string, tf.Tensor> = {};
  const take = (name: string) => {
    const tensor = sums.get(name);
    sums.delete(name);
    return tensor;
  };
  const release = (name: string) => {
    uses.set(name, uses.get(name)! - 1);
    if (uses.get(name)! > 0) return;
    activations[name]!.dispose();
    delete activations[name];
  };
  let isDone = false;
  try {
    if (typeof seed === "function") {
      sums.set(endPoint, seed(activations[endPoint]!));
      checkSeed(sums.get(endPoint)!, end, input.shape[0]);
      release(endPoint);
    } else sums.set(endPoint, tf.clone(seed));
    for (const step of visited.toReversed()) {
      if (step.name === INPUT) break;
      // Held there until it is used: where a step throws, all that is there is disposed.
      const gradient = sums.get(step.name)!;
      onStep?.(step.name);
      onGradient?.(step.name, gradient);
      const wanted = {ofWeights: trained.has(step.name), ofInputs: step.inputs.some((name) => reached.has(name))};
      const back = tf.tidy(
        () => sentBack(step, gradient, activations, weights, wanted) as unknown as tf.TensorContainerObject
      ) as unknown as BackwardResult;
      take(step.name)!.dispose();
      needs.get(step.name)!.forEach(release);
      for (const [role, tensor] of Object.entries(back.weights)) ofWeight[`${step.name}/${role}`] = tensor;
      back.inputs.forEach((share, index) => {
        const name = step.inputs[index]!;
        if (without.includes(name) || !reached.has(name)) {
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

function checkSeed({shape}: tf.Tensor4D, {name, height, width, channels}: Step, batch: number): void {
  const expected = [batch, height, width, channels];
  if (shape.join() === expected.join()) return;
  throw new RangeError(`The gradient of "${name}" takes weights of shape [${expected.join(", ")}]; it was given [${shape.join(", ")}].`);
}

function sentBack(
  step: Step,
  gradient: tf.Tensor4D,
  activations: Readonly<Record<string, tf.Tensor4D>>,
  weights: StepWeights,
  wanted: Pick<BackwardOptions, "ofInputs" | "ofWeights">
): BackwardResult {
  const kind = kindOf(step);
  const activation = activationKind(step.activation);
  const inputs = step.inputs.map((name) => activations[name]!);
  const tensors = tensorsOf(step, weights);
  const before = activation.needsBefore ? kind.forward(OPS, {...step, activation: "linear"}, inputs, tensors) : undefined;
  // Let go of at once is what the derivative is made of: several maps as large as the step's.
  const through =
    step.activation === "linear"
      ? gradient
      : tf.tidy(() => tf.mul(gradient, activation.derivative(OPS, before ? gradient : activations[step.name]!, before)));
  return kind.backward(OPS, step, {gradient: through as tf.Tensor4D, inputs, weights: tensors, ...wanted});
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
