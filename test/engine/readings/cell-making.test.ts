import {readFile} from "node:fs/promises";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {execute} from "../../../src/engine/execute.js";
import {plan} from "../../../src/engine/plan.js";
import {cellMaking} from "../../../src/engine/readings/cell-making.js";
import type {CellMaking} from "../../../src/engine/readings/cell-making.js";
import {randomWeights as randomStepWeights} from "../../../src/engine/random-weights.js";
import {pseudoRandom, seededValues} from "../../../src/engine/seeded.js";
import {kindOf} from "../../../src/engine/steps/kinds.js";
import type {Step} from "../../../src/engine/steps/kinds.js";
import {loadWeights} from "../../../src/engine/weights.js";
import type {StepWeights} from "../../../src/engine/weights.js";
import {readModel} from "../../../src/importers/model-file.js";
import {useBackend} from "../../backend.js";
import {complete, randomWeights} from "../networks.js";
import {CASES} from "../steps/cases.js";

beforeAll(() => useBackend("wasm"));

/** Share of the sum of all products' sizes that rounding to 32 bits may come to. */
const FLOAT_ERROR = 1e-5;

/** Takes some values of every step apart, the corners of the map among them, and compares each with what the step's tensor holds. */
async function expectMade(steps: readonly Step[], weights: StepWeights, values: ArrayLike<number>): Promise<void> {
  const [first] = steps as [Step];
  const input = tf.tensor4d(Float32Array.from(values), [1, first.height, first.width, first.channels]);
  const found = execute(
    steps,
    weights,
    input,
    steps.map(({name}) => name)
  );
  const before = tf.memory().numTensors;
  const next = pseudoRandom(3);
  const below = (size: number) => Math.floor(next() * size);
  for (const step of steps) {
    const {height, width, channels} = step;
    for (const [row, column] of [
      [0, 0],
      [height - 1, width - 1],
      [below(height), below(width)]
    ] as const) {
      const channel = below(channels);
      const inputs = step.inputs.map((name) => found[name]!);
      const made = await cellMaking(step, {row, column, channel}, inputs, found[step.name]!, weights);
      const where = `${step.name} (${step.op}) at ${row}, ${column}, channel ${channel}`;
      expect(made.value, where).toBe((await found[step.name]!.data())[(row * width + column) * channels + channel]);
      if (step.op === "input") continue;
      const {values, factors, summand, result, cells, channels: read} = made as CellMaking;
      expect(values, where).toHaveLength(cells.length * read);
      expect(factors, where).toHaveLength(cells.length * read);
      const size = values.reduce((sum, value, i) => sum + Math.abs(value * factors[i]!), Math.abs(summand ?? 0));
      expect(Math.abs(result - made.value), where).toBeLessThanOrEqual(FLOAT_ERROR * (size + 1));
    }
  }
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  tf.dispose([found, input]);
}

it.each(CASES.map(({name, list}) => [name, list.list] as const))("what made a value comes to it: %s", async (_name, steps) => {
  const weights = Object.fromEntries(
    Object.entries(randomStepWeights(steps, 5)).map(([name, {shape, values}]) => [name, tf.tensor(values.slice(), [...shape])])
  );
  const {height, width, channels} = steps[0]!;
  await expectMade(
    steps,
    {tensors: weights},
    seededValues(1, height * width * channels).map((value) => 4 * value)
  );
  tf.dispose(weights);
});

describe("in every layer of a whole network", () => {
  it("that is bundled", async () => {
    const model = readModel(await readFile(path.join(import.meta.dirname, "../../../data/models/nano.safetensors")));
    const weights = loadWeights(model);
    const {steps} = plan(model.network, {height: 129, width: 97});
    expect(new Set(steps.map(({op}) => op))).toEqual(new Set(["input", "conv", "depthwise", "add", "pool", "upsample", "concat"]));
    await expectMade(steps, weights, seededValues(4, 129 * 97 * 3));
    weights.dispose();
  });

  it("with random weights, at another stride and other rates", async () => {
    const weights = loadWeights({network: complete, weights: randomWeights(complete)});
    const {steps} = plan(complete, {height: 65, width: 97, outputStride: 8, rates: [2, 9]});
    await expectMade(steps, weights, seededValues(5, 65 * 97 * 3));
    weights.dispose();
  });
});

it("tells which taps read padding, and refuses a place outside of the map", async () => {
  const {list, end} = CASES.find(({name}) => name === "conv 3x3, stride 1, rate 2, same")!;
  const step = list.get(end);
  const {cells} = kindOf(step).made(step, {row: 0, column: 0, channel: 0})!;
  expect(cells.map(({row, column}) => [row, column])).toEqual([-2, 0, 2].flatMap((row) => [-2, 0, 2].map((column) => [row, column])));
  const output = tf.zeros([1, step.height, step.width, step.channels]) as tf.Tensor4D;
  await expect(cellMaking(step, {row: step.height, column: 0, channel: 0}, [], output, {tensors: {}})).rejects.toThrow(
    '"end" has no value at row 7, column 0, channel 0.'
  );
  output.dispose();
});
