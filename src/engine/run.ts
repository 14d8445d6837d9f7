import * as tf from "@tensorflow/tfjs-core";
import {LOGITS, INPUT, stepNamed} from "./plan.js";
import type {Plan, Step} from "./plan.js";
import {PROJECTION_POOLED, PROJECTION_SPATIAL} from "./weights.js";
import type {DeviceWeights} from "./weights.js";

export interface RunOptions {
  /** End points whose activations are wanted besides the logits. */
  readonly taps?: readonly string[];
  /** Called before each step, with its index: for progress while shaders compile. */
  readonly onStep?: (index: number, step: Step) => void;
}

export interface RunResult {
  /** [1, height, width, classes], before softmax, at the resolution of the last layer. The caller disposes it. */
  readonly logits: tf.Tensor4D;
  /** The activations asked for, [1, height, width, channels], by end point. The caller disposes them. */
  readonly taps: Readonly<Record<string, tf.Tensor4D>>;
}

/**
 * Runs a planned network on the current backend.
 *
 * Every activation that is neither tapped nor needed any more is freed as the run goes; the input stays the
 * caller's. Convolution, bias and activation are one kernel each, atrous rates are native dilations.
 *
 * @param input [1, plan.inputHeight, plan.inputWidth, 3], values in [-1, 1]
 * @throws RangeError on an input of another shape or a tap that the network does not have
 */
export function run(plan: Plan, weights: DeviceWeights, input: tf.Tensor4D, {taps = [], onStep}: RunOptions = {}): RunResult {
  const expected = [1, plan.inputHeight, plan.inputWidth, 3];
  if (input.shape.join() !== expected.join()) {
    throw new RangeError(`This plan takes an input of shape [${expected.join(", ")}]; it was given [${input.shape.join(", ")}].`);
  }
  for (const tap of taps) stepNamed(plan, tap);
  const wanted = new Set([LOGITS, ...taps]);
  const steps = neededSteps(plan, weights, wanted);

  const uses = new Map<string, number>();
  for (const {reads} of steps) for (const name of reads) uses.set(name, (uses.get(name) ?? 0) + 1);

  const alive = new Map<string, tf.Tensor4D>();
  const release = (name: string) => {
    const left = uses.get(name)! - 1;
    uses.set(name, left);
    if (left === 0 && !wanted.has(name)) {
      alive.get(name)!.dispose();
      alive.delete(name);
    }
  };
  // A clone, so that the input is freed and kept by the same rule as every other activation.
  alive.set(INPUT, tf.clone(input));
  try {
    steps.forEach(({step, reads, execute}, index) => {
      onStep?.(index, step);
      if (step.op === "input") return;
      alive.set(step.name, tf.tidy(() => execute(reads.map((name) => alive.get(name)!))));
      reads.forEach(release);
    });
  } catch (error) {
    for (const tensor of alive.values()) tensor.dispose();
    throw error;
  }
  const tapped = Object.fromEntries(taps.map((tap) => [tap, alive.get(tap)!]));
  const logits = alive.get(LOGITS)!;
  // A caller who taps the logits too disposes both.
  if (tapped[LOGITS]) tapped[LOGITS] = tf.clone(logits);
  return {logits, taps: tapped};
}

/** How a step is computed: which activations it reads and what it does with them. */
interface Execution {
  readonly step: Step;
  readonly reads: readonly string[];
  readonly execute: (inputs: tf.Tensor4D[]) => tf.Tensor4D;
}

/** The executions that lead to the wanted end points, in order; nothing else is computed. */
function neededSteps(plan: Plan, weights: DeviceWeights, wanted: ReadonlySet<string>): Execution[] {
  const needed = new Set(wanted);
  const executions: Execution[] = [];
  for (const step of plan.steps.toReversed()) {
    if (!needed.has(step.name)) continue;
    const execution = executionOf(step, plan, weights);
    executions.push(execution);
    for (const name of execution.reads) needed.add(name);
  }
  return executions.reverse();
}

function executionOf(step: Step, plan: Plan, {tensors, pooledChannels}: DeviceWeights): Execution {
  const reads = step.inputs;
  const kernel = tensors[`${step.name}/kernel`] as tf.Tensor4D;
  const bias = tensors[`${step.name}/bias`] as tf.Tensor1D;
  if (step.name === "aspp/projection" && pooledChannels > 0) return projectionOfParts(step, plan, tensors);
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
    case "add":
      return {step, reads, execute: ([a, b]) => tf.add(a!, b!)};
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
  return x.shape[1] === 1 && x.shape[2] === 1
    ? tf.tile(x, [1, height, width, 1])
    : tf.image.resizeBilinear(x, [height, width], true);
}

/**
 * The projection of ASPP without its concatenation. The image-level feature is the same at every position,
 * so its share of the 1x1 convolution is one vector: it is added at every position, and neither the copies nor
 * their multiplications are made. Exact up to the order of the sum.
 */
function projectionOfParts(step: Step, plan: Plan, tensors: DeviceWeights["tensors"]): Execution {
  const [upsampled, ...others] = stepNamed(plan, step.inputs[0]!).inputs;
  const pooled = stepNamed(plan, upsampled!).inputs[0]!;
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
