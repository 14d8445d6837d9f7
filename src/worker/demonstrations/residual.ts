import * as tf from "@tensorflow/tfjs-core";
import {randomWeights} from "../../engine/random-weights.js";
import {UNIT_OUTPUT, branchEnd, residualUnit} from "../../engine/teaching/residual-units.js";
import type {UnitKind, UnitOptions} from "../../engine/teaching/residual-units.js";
import {execute} from "../../engine/execute.js";
import {pseudoRandom} from "../../engine/seeded.js";
import type {Step} from "../../engine/steps/kinds.js";
import type {Grid} from "./atrous.js";

/** A tensor of the unit, as much of it as a page shows. */
export interface TensorFacts {
  /** Mean absolute value over the channels, cell by cell. */
  readonly map: Grid;
  readonly channels: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  /** Square root of the sum of all squares. */
  readonly norm: number;
}

export interface ResidualDemonstration {
  /** Every end point of the unit by name, its input among them. */
  readonly tensors: Readonly<Record<string, TensorFacts>>;
  /** The unit's output with zeros in place of the skip. */
  readonly withoutSkip: TensorFacts;
  /** Largest absolute difference between the unit's output and its input, with the skip and without. */
  readonly change: {readonly withSkip: number; readonly withoutSkip: number};
}

export interface ResidualInput extends Omit<UnitOptions, "size"> {
  readonly unit: UnitKind;
  /** Factor on kernel and bias of the branch's last convolution. */
  readonly branchScale: number;
  /** A square map of brightness, 0 to 1. */
  readonly photo: Grid;
}

const SEED = 3;

/** One residual unit with random weights, fed with a photo, with its skip and without. */
export async function residual({unit, branchScale, photo, ...options}: ResidualInput): Promise<ResidualDemonstration> {
  const steps = residualUnit(unit, {...options, size: photo.height});
  const branch = branchEnd(steps);
  const made = tf.tidy(() => {
    const input = inputOf(photo, options.channels);
    const weights = {tensors: weightTensors(steps, branch, branchScale), pooledChannels: 0};
    const all = execute(
      steps,
      weights,
      input,
      steps.map(({name}) => name)
    );
    const output = all[UNIT_OUTPUT]!;
    // The branch as it was, and zeros where the addition reads the input: that is the unit without its skip.
    const cut = execute(steps, weights, tf.zerosLike(input), [UNIT_OUTPUT], {replaced: {[branch]: all[branch]!}})[UNIT_OUTPUT]!;
    const apart = (other: tf.Tensor4D) => tf.max(tf.abs(tf.sub(other, input)));
    return {
      tensors: Object.fromEntries(Object.entries(all).map(([name, tensor]) => [name, packed(tensor)])),
      withoutSkip: packed(cut),
      change: tf.stack([apart(output), apart(cut)])
    };
  });
  try {
    const factsOf = async (pack: tf.Tensor1D, channels: number) => unpacked((await pack.data()) as Float32Array, photo, channels);
    const [facts, withoutSkip, change] = await Promise.all([
      Promise.all(steps.map(async ({name, channels}) => [name, await factsOf(made.tensors[name]!, channels)] as const)),
      factsOf(made.withoutSkip, options.channels),
      made.change.data()
    ]);
    return {tensors: Object.fromEntries(facts), withoutSkip, change: {withSkip: change[0]!, withoutSkip: change[1]!}};
  } finally {
    tf.dispose(made);
  }
}

/** The photo times one random weight from 0 to 2 a channel: never negative, as what a ResNet unit reads. */
function inputOf({height, width, values}: Grid, channels: number): tf.Tensor4D {
  const next = pseudoRandom(SEED);
  const weights = Array.from({length: channels}, () => 2 * next());
  return tf.mul(tf.tensor4d(values.slice(), [1, height, width, 1]), tf.tensor4d(weights, [1, 1, 1, channels]));
}

function weightTensors(steps: readonly Step[], branch: string, branchScale: number): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(randomWeights(steps, SEED)).map(([name, {shape, values}]) => {
      const scale = name.startsWith(`${branch}/`) ? branchScale : 1;
      return [
        name,
        tf.tensor(
          values.map((value) => scale * value),
          [...shape]
        )
      ];
    })
  );
}

/** The map and the numbers of a tensor in one row, so that reading them back is one wait. */
function packed(x: tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => {
    const map = tf.reshape(tf.mean(tf.abs(x), 3), [-1]) as tf.Tensor1D;
    // Half-precision textures cannot hold the sum of so many squares; their mean they can.
    const norm = tf.mul(tf.sqrt(tf.mean(tf.square(x))), Math.sqrt(x.size));
    return tf.concat([map, tf.stack([tf.min(x), tf.mean(x), tf.max(x), norm]) as tf.Tensor1D]);
  });
}

function unpacked(row: Float32Array, {height, width}: Grid, channels: number): TensorFacts {
  const cells = height * width;
  const [min, mean, max, norm] = row.slice(cells) as unknown as [number, number, number, number];
  return {map: {height, width, values: row.slice(0, cells)}, channels, min, mean, max, norm};
}
