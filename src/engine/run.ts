import * as tf from "@tensorflow/tfjs-core";
import {LOGITS} from "./plan.js";
import type {Plan} from "./plan.js";
import {findStep} from "./steps.js";
import type {Step} from "./steps.js";
import {PROJECTION_POOLED, PROJECTION_SPATIAL} from "./weights.js";
import type {DeviceWeights} from "./weights.js";

/** What takes an end point's place: zeros, or an activation of the same shape from elsewhere. It stays the caller's. */
export type Replacement = "zero" | tf.Tensor4D;

export interface ExecuteOptions {
  /** End points that take something else's place: a muted branch, another photo's skip. What only they need is not computed. */
  readonly replaced?: Readonly<Record<string, Replacement>>;
  /** Called before each step, with its index: for progress while shaders compile. */
  readonly onStep?: (index: number, step: Step) => void;
}

export interface RunOptions extends ExecuteOptions {
  /** End points whose activations are wanted besides the logits. */
  readonly taps?: readonly string[];
}

export interface RunResult {
  /** [1, height, width, classes], before softmax, at the resolution of the last layer. The caller disposes it. */
  readonly logits: tf.Tensor4D;
  /** The activations asked for, [1, height, width, channels], by end point. The caller disposes them. */
  readonly taps: Readonly<Record<string, tf.Tensor4D>>;
}

/** Weights of steps on the current backend. */
export type StepWeights = Pick<DeviceWeights, "tensors" | "pooledChannels">;

/**
 * Runs a planned network on the current backend.
 *
 * @param input [1, plan.inputHeight, plan.inputWidth, 3], values in [-1, 1]
 * @throws RangeError on an input or a replacement of another shape, or an end point that the network does not have
 */
export function run(plan: Plan, weights: StepWeights, input: tf.Tensor4D, {taps = [], ...options}: RunOptions = {}): RunResult {
  const found = execute(plan.steps, weights, input, [LOGITS, ...taps], options);
  const tapped = Object.fromEntries(taps.map((tap) => [tap, found[tap]!]));
  const logits = found[LOGITS]!;
  // A caller who taps the logits too disposes both.
  if (tapped[LOGITS]) tapped[LOGITS] = tf.clone(logits);
  return {logits, taps: tapped};
}

/**
 * Computes the wanted end points of a list of steps; nothing else is computed.
 *
 * Every activation that is neither wanted nor needed any more is freed as the run goes; the input stays the
 * caller's. Convolution, bias and activation are one kernel each, atrous rates are native dilations.
 *
 * @param steps in an order in which each reads only what stands before it; the first is the input
 * @param input [1, height, width, channels] as the first step says
 * @returns the wanted activations by end point; the caller disposes them
 * @throws RangeError as `run`
 */
export function execute(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  wanted: readonly string[],
  {replaced = {}, onStep}: ExecuteOptions = {}
): Record<string, tf.Tensor4D> {
  checkShape(`an input`, steps[0]!, input);
  for (const name of wanted) findStep(steps, name);
  for (const [name, value] of Object.entries(replaced)) {
    const step = findStep(steps, name);
    if (value !== "zero") checkShape(`in place of "${name}" an activation`, step, value);
  }
  const keep = new Set(wanted);
  const executions = neededExecutions(steps, weights, keep, replaced);

  const uses = new Map<string, number>();
  for (const {reads} of executions) for (const name of reads) uses.set(name, (uses.get(name) ?? 0) + 1);

  const alive = new Map<string, tf.Tensor4D>();
  const release = (name: string) => {
    const left = uses.get(name)! - 1;
    uses.set(name, left);
    if (left === 0 && !keep.has(name)) {
      alive.get(name)!.dispose();
      alive.delete(name);
    }
  };
  try {
    executions.forEach(({step, reads, execute}, index) => {
      onStep?.(index, step);
      // A clone, so that the input is freed and kept by the same rule as every other activation.
      alive.set(step.name, step.op === "input" ? tf.clone(input) : tf.tidy(() => execute(reads.map((name) => alive.get(name)!))));
      reads.forEach(release);
    });
  } catch (error) {
    for (const tensor of alive.values()) tensor.dispose();
    throw error;
  }
  return Object.fromEntries(alive);
}

function checkShape(what: string, {height, width, channels}: Step, {shape}: tf.Tensor): void {
  const expected = [1, height, width, channels];
  if (shape.join() !== expected.join()) {
    throw new RangeError(`This plan takes ${what} of shape [${expected.join(", ")}]; it was given [${shape.join(", ")}].`);
  }
}

/** How a step is computed: which activations it reads and what it does with them. */
interface Execution {
  readonly step: Step;
  readonly reads: readonly string[];
  readonly execute: (inputs: tf.Tensor4D[]) => tf.Tensor4D;
}

/** The executions that lead to the wanted end points, in order. */
function neededExecutions(
  steps: readonly Step[],
  weights: StepWeights,
  wanted: ReadonlySet<string>,
  replaced: Readonly<Record<string, Replacement>>
): Execution[] {
  const needed = new Set(wanted);
  const executions: Execution[] = [];
  for (const step of steps.toReversed()) {
    if (!needed.has(step.name)) continue;
    const replacement = replaced[step.name];
    const execution = replacement ? replacementOf(step, replacement) : executionOf(step, steps, weights);
    executions.push(execution);
    for (const name of execution.reads) needed.add(name);
  }
  return executions.reverse();
}

function replacementOf(step: Step, replacement: Replacement): Execution {
  const {height, width, channels} = step;
  return {step, reads: [], execute: () => (replacement === "zero" ? tf.zeros([1, height, width, channels]) : tf.clone(replacement))};
}

function executionOf(step: Step, steps: readonly Step[], {tensors, pooledChannels}: StepWeights): Execution {
  const reads = step.inputs;
  const kernel = tensors[`${step.name}/kernel`] as tf.Tensor4D;
  const bias = tensors[`${step.name}/bias`] as tf.Tensor1D;
  if (step.name === "aspp/projection" && pooledChannels > 0) return projectionOfParts(step, steps, tensors);
  switch (step.op) {
    case "conv":
      return {step, reads, execute: ([x]) => convolve(step, x!, kernel, bias)};
    case "depthwise":
      return {
        step,
        reads,
        execute: ([x]) =>
          tf.fused.depthwiseConv2d({
            x: x!,
            filter: kernel,
            strides: step.stride,
            pad: "same",
            dilations: step.rate,
            bias,
            activation: step.activation
          })
      };
    case "batch_norm":
      return {
        step,
        reads,
        execute: ([x]) => activate(tf.add(tf.mul(x!, tensors[`${step.name}/scale`]!), tensors[`${step.name}/shift`]!), step.activation)
      };
    case "add":
      return {step, reads, execute: ([a, b]) => activate(tf.add(a!, b!), step.activation)};
    case "mean":
      return {step, reads, execute: ([x]) => tf.avgPool(x!, [x!.shape[1], x!.shape[2]], 1, "valid")};
    case "upsample":
      return {step, reads, execute: ([x]) => upsample(x!, step.height, step.width)};
    case "concat":
      return {step, reads, execute: (inputs) => tf.concat(inputs, 3)};
    case "input":
      return {step, reads, execute: ([x]) => x!};
  }
}

function convolve(step: Step, x: tf.Tensor4D, filter: tf.Tensor4D, bias?: tf.Tensor1D): tf.Tensor4D {
  return tf.fused.conv2d({
    x,
    filter,
    strides: step.stride,
    pad: "same",
    dilations: step.rate,
    bias,
    activation: step.activation
  });
}

/** Bilinear, corners aligned; from a single cell that is a copy to every position. */
function upsample(x: tf.Tensor4D, height: number, width: number): tf.Tensor4D {
  return x.shape[1] === 1 && x.shape[2] === 1 ? tf.tile(x, [1, height, width, 1]) : tf.image.resizeBilinear(x, [height, width], true);
}

/**
 * The projection of ASPP without its concatenation. The image-level feature is the same at every position,
 * so its share of the 1x1 convolution is one vector: it is added at every position, and neither the copies nor
 * their multiplications are made. Exact up to the order of the sum.
 */
function projectionOfParts(step: Step, steps: readonly Step[], tensors: DeviceWeights["tensors"]): Execution {
  const [upsampled, ...others] = findStep(steps, step.inputs[0]!).inputs;
  const pooled = findStep(steps, upsampled!).inputs[0]!;
  const pooledKernel = tensors[PROJECTION_POOLED] as tf.Tensor4D;
  const spatialKernel = tensors[PROJECTION_SPATIAL] as tf.Tensor4D;
  const bias = tensors[`${step.name}/bias`] as tf.Tensor1D;
  return {
    step,
    reads: [pooled, ...others],
    execute: ([image, ...branches]) => {
      // Two kernels more than a sum in the bias, but on WASM a new bias makes XNNPACK pack the whole kernel anew.
      const share = convolve({...step, activation: "linear"}, image!, pooledKernel, bias);
      const spatial = convolve({...step, activation: "linear"}, branches.length > 1 ? tf.concat(branches, 3) : branches[0]!, spatialKernel);
      return activate(tf.add(spatial, share), step.activation);
    }
  };
}

function activate(x: tf.Tensor4D, activation: Step["activation"]): tf.Tensor4D {
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return tf.relu(x);
    case "relu6":
      return tf.relu6(x);
  }
}
