/** What the engine makes of a case on the current backend, as plain numbers: in Node and in Chromium. */
import * as tf from "@tensorflow/tfjs-core";
import {execute} from "../../../src/engine/execute.js";
import {gradients} from "../../../src/engine/gradient.js";
import {randomWeights} from "../../../src/engine/random-weights.js";
import {seededValues} from "../../../src/engine/seeded.js";
import {CASES} from "./cases.js";
import type {Case} from "./cases.js";

/** Entries of a batch: more than one, because training has more than one. */
export const BATCH = 2;

export interface Measured {
  readonly output: number[];
  readonly input: number[];
  readonly weights: Readonly<Record<string, number[]>>;
  /** Tensors that were left behind. */
  readonly left: number;
}

/** What a case is fed with; kinks and clips are met. */
export function fed({list, end}: Case) {
  const {height, width, channels} = list.list[0]!;
  const {height: rows, width: columns, channels: outputs} = list.get(end);
  return {
    weights: randomWeights(list.list, 5),
    input: seededValues(1, BATCH * height * width * channels).map((value) => 4 * value),
    seed: seededValues(2, BATCH * rows * columns * outputs)
  };
}

export async function measured(name: string): Promise<Measured> {
  const example = CASES.find((candidate) => candidate.name === name)!;
  const steps = example.list.list;
  const {weights, input, seed} = fed(example);
  const before = tf.memory().numTensors;
  const shape = ({height, width, channels}: {height: number; width: number; channels: number}): [number, number, number, number] => [
    BATCH,
    height,
    width,
    channels
  ];
  const tensors = Object.fromEntries(
    Object.entries(weights).map(([name, {shape, values}]) => [name, tf.tensor(values.slice(), [...shape])])
  );
  const x = tf.tensor4d(input.slice(), shape(steps[0]!));
  const g = tf.tensor4d(seed.slice(), shape(example.list.get(example.end)));
  const output = execute(steps, {tensors}, x, [example.end])[example.end]!;
  const found = gradients(steps, {tensors}, x, example.end, g);
  const read = async (tensor: tf.Tensor) => [...(await tensor.data())];
  const result = {
    output: await read(output),
    input: await read(found.input),
    weights: Object.fromEntries(
      await Promise.all(Object.entries(found.weights).map(async ([name, tensor]) => [name, await read(tensor)] as const))
    )
  };
  tf.dispose([tensors, x, g, output, found.input, {...found.weights}]);
  return {...result, left: tf.memory().numTensors - before};
}
