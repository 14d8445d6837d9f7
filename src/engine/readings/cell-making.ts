import * as tf from "@tensorflow/tfjs-core";
import {activationKind} from "../steps/activation.js";
import type {Made, Place, ReadCell} from "../steps/kind.js";
import {kindOf} from "../steps/kinds.js";
import type {Step} from "../steps/kinds.js";
import {isOnMap} from "../steps/window.js";
import {tensorsOf} from "../weights.js";
import type {StepWeights} from "../weights.js";

/** One value of an activation, with all that it was made of. */
export interface CellMaking {
  readonly by: Made["by"];
  /** What was read, in the order of the taps; padding, which reads zero, among it. */
  readonly cells: readonly ReadCell[];
  /** The first channel that was read of each cell, and how many. */
  readonly firstChannel: number;
  readonly channels: number;
  /** Cells x channels. */
  readonly values: Float32Array;
  /** What each is multiplied with. */
  readonly factors: Float32Array;
  /** What is added in the end; null where nothing is. */
  readonly summand: number | null;
  /** What the above come to, computed here, before the activation. */
  readonly joined: number;
  /** After it. */
  readonly result: number;
  /** What the tensor holds, which the network computed. */
  readonly value: number;
}

/** A making of which only the tensor's value is known: the photo's own. */
export type CellGiven = Pick<CellMaking, "value">;

/**
 * Takes one value of a step's output apart. Read back from the device is only what made it.
 *
 * @param inputs what the step read, [1, height, width, channels] each; they stay the caller's, as the output does
 * @throws RangeError on a place outside of the output
 */
export async function cellMaking(
  step: Step,
  at: Place,
  inputs: readonly tf.Tensor4D[],
  output: tf.Tensor4D,
  weights: StepWeights
): Promise<CellMaking | CellGiven> {
  const {row, column, channel} = at;
  if (!isOnMap(at, step) || channel < 0 || channel >= step.channels)
    throw new RangeError(`"${step.name}" has no value at row ${row}, column ${column}, channel ${channel}.`);
  const value = (await numbersOf(() => tf.slice(output, [0, row, column, channel], [1, 1, 1, 1])))[0]!;
  const made = kindOf(step).made(step, at);
  if (!made) return {value};
  const {by, cells} = made;
  const channels = made.channel === null ? step.from[0]!.channels : 1;
  const [values, {factors, summand}] = await Promise.all([
    valuesOf(step, made, inputs, channels),
    weightsFor(step, channel, weights, cells, channels)
  ]);
  const joined = JOIN[by](values, factors) + (summand ?? 0);
  const result = activationKind(step.activation).ofNumber(joined);
  return {by, cells, firstChannel: made.channel ?? 0, channels, values, factors, summand, joined, result, value};
}

const products = (values: Float32Array, factors: Float32Array) => Array.from(values, (value, i) => value * factors[i]!);

const JOIN: Readonly<Record<Made["by"], (values: Float32Array, factors: Float32Array) => number>> = {
  sum: (values, factors) => products(values, factors).reduce((sum, product) => sum + product, 0),
  largest: (values) => values.reduce((largest, value) => Math.max(largest, value), -Infinity),
  product: (values) => values.reduce((product, value) => product * value, 1)
};

/** What the cells hold, zero for padding. */
async function valuesOf(step: Step, {cells, channel}: Made, inputs: readonly tf.Tensor4D[], channels: number): Promise<Float32Array> {
  const values = new Float32Array(cells.length * channels);
  for (const [input, tensor] of inputs.entries()) {
    const {height, width} = step.from[input]!;
    const read = [...cells.entries()].filter(([, cell]) => cell.input === input && isOnMap(cell, {height, width, channels}));
    if (read.length === 0) continue;
    const found = await numbersOf(() => {
      const flat = tf.reshape(tf.slice(tensor, [0, 0, 0, channel ?? 0], [1, height, width, channels]), [height * width, channels]);
      return tf.gather(
        flat,
        tf.tensor1d(
          read.map(([, {row, column}]) => row * width + column),
          "int32"
        )
      );
    });
    read.forEach(([place], index) => values.set(found.subarray(index * channels, (index + 1) * channels), place * channels));
  }
  return values;
}

/** What an output channel's values are multiplied with and added to: the shares that the cells have, or the weights. */
async function weightsFor(
  step: Step,
  channel: number,
  weights: StepWeights,
  cells: readonly ReadCell[],
  channels: number
): Promise<{factors: Float32Array; summand: number | null}> {
  const specs = kindOf(step).weights(step, step.from);
  const tensors = tensorsOf(step, weights);
  let factors: Float32Array = Float32Array.from({length: cells.length * channels}, (_, i) => cells[Math.floor(i / channels)]!.share ?? 1);
  let summand: number | null = null;
  for (const [role, {part, outputAxis, shape}] of Object.entries(specs)) {
    const own = await numbersOf(() =>
      tf.slice(
        tensors[role]!,
        shape.map((_, axis) => (axis === outputAxis ? channel : 0)),
        shape.map((size, axis) => (axis === outputAxis ? 1 : size))
      )
    );
    if (part === "factor") factors = own;
    else summand = own[0]!;
  }
  return {factors, summand};
}

/** A small tensor as numbers of the caller's own. */
async function numbersOf(make: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(make);
  try {
    return Float32Array.from(await tensor.data());
  } finally {
    tensor.dispose();
  }
}
