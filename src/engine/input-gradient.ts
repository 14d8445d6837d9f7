import * as tf from "@tensorflow/tfjs-core";
import {paddingOf} from "./padding.js";
import {neighbours} from "./labels/pixel.js";
import {execute} from "./run.js";
import type {StepWeights} from "./run.js";
import {INPUT, findStep, stepsBetween} from "./steps.js";
import type {Step} from "./steps.js";
import {kernelOf} from "./weights.js";

export interface GradientOptions {
  /** End points through which no gradient flows, e.g. image pooling, to see what only the local branches look at. */
  readonly without?: readonly string[];
}

/**
 * The gradient of a weighted sum of an end point's values with respect to the network's input, by one reverse sweep over
 * the steps between them.
 *
 * It is made of forward operations only: TensorFlow.js refuses the gradient of an atrous convolution, and its WASM
 * backend lacks gradient kernels. So it runs wherever the network does.
 *
 * @param input [1, height, width, 3], the point at which the gradient is taken
 * @param seed the weights of the sum, of the end point's shape [1, height, width, channels]; it stays the caller's
 * @returns [1, height, width, 3]; zeros where no gradient reaches the input. The caller disposes it
 * @throws RangeError on a seed or an input of another shape, or an end point that is not there
 */
export function inputGradient(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  endPoint: string,
  seed: tf.Tensor4D,
  {without = []}: GradientOptions = {}
): tf.Tensor4D {
  const {height, width, channels} = findStep(steps, endPoint);
  const expected = [1, height, width, channels];
  if (seed.shape.join() !== expected.join()) {
    throw new RangeError(
      `The gradient of "${endPoint}" takes weights of shape [${expected.join(", ")}]; it was given [${seed.shape.join(", ")}].`
    );
  }
  const visited = stepsBetween(steps, endPoint, without);
  const activated = visited.filter(({activation}) => activation !== "linear").map(({name}) => name);
  const activations = activated.length > 0 ? execute(steps, weights, input, activated) : {};
  const gradients = new Map<string, tf.Tensor4D>([[endPoint, tf.clone(seed)]]);
  const take = (from: Map<string, tf.Tensor4D>, name: string) => {
    const tensor = from.get(name);
    from.delete(name);
    return tensor;
  };
  try {
    for (const step of visited.toReversed()) {
      if (step.name === INPUT) break;
      const gradient = take(gradients, step.name)!;
      // Each activation is read once and then freed, as its gradient is.
      const activation = activations[step.name];
      delete activations[step.name];
      const backwards = tf.tidy(() => sentBack(step, masked(step, gradient, activation), steps, weights));
      tf.dispose([gradient, activation ?? []]);
      step.inputs.forEach((name, index) => {
        const share = backwards[index]!;
        if (without.includes(name)) {
          share.dispose();
          return;
        }
        const before = take(gradients, name);
        gradients.set(name, before ? tf.add(before, share) : share);
        if (before) tf.dispose([before, share]);
      });
    }
    return take(gradients, INPUT) ?? tf.zerosLike(input);
  } finally {
    tf.dispose([...gradients.values()]);
    tf.dispose(activations);
  }
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

/** Where ReLU6 clips. */
const CLIP = 6;

/** A gradient with respect to what an activation reads: nothing passes where it is closed or clipped. */
function masked({activation}: Step, gradient: tf.Tensor4D, activated?: tf.Tensor4D): tf.Tensor4D {
  if (activation === "linear") return gradient;
  const open = tf.cast(tf.greater(activated!, 0), "float32");
  const passes = activation === "relu6" ? tf.mul(open, tf.cast(tf.less(activated!, CLIP), "float32")) : open;
  return tf.mul(gradient, passes);
}

/** The gradients with respect to a step's inputs, in their order, from the one with respect to its output before activation. */
function sentBack(step: Step, gradient: tf.Tensor4D, steps: readonly Step[], {tensors}: StepWeights): tf.Tensor4D[] {
  const from = findStep(steps, step.inputs[0]!);
  switch (step.op) {
    case "conv": {
      // What was an output channel is an input channel on the way back.
      const kernel = tf.transpose(flipped(kernelOf(step, tensors), step), [0, 1, 3, 2]);
      return [throughTaps(step, from, gradient, (x, pad) => tf.conv2d(x, kernel, 1, pad, "NHWC", step.rate))];
    }
    case "depthwise": {
      const kernel = flipped(kernelOf(step, tensors), step);
      return [throughTaps(step, from, gradient, (x, pad) => tf.depthwiseConv2d(x, kernel, 1, pad, "NHWC", step.rate))];
    }
    case "batch_norm":
      return [tf.mul(gradient, tensors[`${step.name}/scale`]!)];
    case "add":
      return [tf.clone(gradient), tf.clone(gradient)];
    case "mean":
      return [tf.tile(tf.div(gradient, from.height * from.width), [1, from.height, from.width, 1]) as tf.Tensor4D];
    case "upsample":
      return [gathered(gradient, from)];
    case "concat": {
      let first = 0;
      return step.inputs.map((name) => {
        const {channels} = findStep(steps, name);
        const slice = tf.slice(gradient, [0, 0, 0, first], [1, step.height, step.width, channels]);
        first += channels;
        return slice;
      });
    }
    case "input":
      throw new Error("Nothing stands before the input.");
  }
}

function flipped(kernel: tf.Tensor4D, {kernelSize}: Step): tf.Tensor4D {
  return kernelSize === 1 ? kernel : tf.reverse(kernel, [0, 1]);
}

/**
 * The way back through a convolution of stride s and rate r with k taps: y[o] = sum x[s o + r t - p] w[t] gives
 * dx[i] = sum G[i + p - r t] w[t], where G holds the gradient with s - 1 zeros between its cells: the same atrous
 * convolution with the kernel turned round, over G padded so that the result has the size of x.
 */
function throughTaps(
  step: Step,
  from: Step,
  gradient: tf.Tensor4D,
  convolve: (x: tf.Tensor4D, pad: "same" | "valid") => tf.Tensor4D
): tf.Tensor4D {
  const {stride, rate, kernelSize} = step;
  // Odd kernels at stride 1 are padded evenly, there and back.
  if (stride === 1 && kernelSize % 2 === 1) return convolve(gradient, "same");
  const spread = spreadOut(gradient, stride);
  const reach = (kernelSize - 1) * rate;
  const around = (size: number, cells: number): [before: number, after: number] => {
    const before = reach - paddingOf(size, kernelSize, {stride, rate, padding: "same"}).before;
    return [before, Math.max(0, size + reach - before - cells * stride)];
  };
  const padded = tf.pad(spread, [[0, 0], around(from.height, step.height), around(from.width, step.width), [0, 0]]);
  // The zeros after the last cell may be more than are needed.
  return convolve(tf.slice(padded, [0, 0, 0, 0], [1, from.height + reach, from.width + reach, gradient.shape[3]]), "valid");
}

/** A map with zeros between its cells and after the last: [1, h, w, c] becomes [1, s h, s w, c]. In four dimensions, because WebGL pads no more. */
function spreadOut(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  if (stride === 1) return x;
  const [, height, width, channels] = x.shape;
  // Zeros behind each cell's channels are zeros between the columns, zeros behind each row are zeros between the rows.
  const columns = tf.reshape(tf.concat([x, tf.zeros([1, height, width, (stride - 1) * channels])], 3), [
    1,
    height,
    width * stride,
    channels
  ]);
  const rows = tf.concat([columns, tf.zeros([1, height, (stride - 1) * width * stride, channels])], 2);
  return tf.reshape(rows, [1, height * stride, width * stride, channels]);
}

/** The way back through bilinear upsampling with aligned corners: each cell gathers from the positions that read it. */
function gathered(gradient: tf.Tensor4D, {height, width, channels}: Step): tf.Tensor4D {
  if (height === 1 && width === 1) return tf.sum(gradient, [1, 2], true);
  const [, rows, columns] = gradient.shape;
  const down = tf.matMul(interpolation(rows, height), tf.reshape(gradient, [rows, columns * channels]), true);
  const turned = tf.transpose(tf.reshape(down, [height, columns, channels]), [1, 0, 2]);
  const across = tf.matMul(interpolation(columns, width), tf.reshape(turned, [columns, height * channels]), true);
  return tf.reshape(tf.transpose(tf.reshape(across, [width, height, channels]), [1, 0, 2]), [1, height, width, channels]);
}

/** [positions, cells]: what each cell counts at each position of an upsampled side. */
function interpolation(positions: number, cells: number): tf.Tensor2D {
  const values = new Float32Array(positions * cells);
  for (let i = 0; i < positions; i++) {
    const at = positions > 1 ? (i * (cells - 1)) / (positions - 1) : 0;
    for (const [cell, share] of shares(at, cells)) values[i * cells + cell]! += share;
  }
  return tf.tensor2d(values, [positions, cells]);
}
