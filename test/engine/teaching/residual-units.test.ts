import * as tf from "@tensorflow/tfjs-core";
import {describe, expect, it} from "vitest";
import {cost} from "../../../src/engine/cost.js";
import type {WeightMap} from "../../../src/engine/model.js";
import {randomWeights} from "../../../src/engine/random-weights.js";
import {UNITS, UNIT_OUTPUT, branchEnd, residualUnit} from "../../../src/engine/teaching/residual-units.js";
import type {UnitKind} from "../../../src/engine/teaching/residual-units.js";
import {execute} from "../../../src/engine/execute.js";
import type {Step} from "../../../src/engine/steps/kinds.js";
import {convolutionOf} from "../../../src/engine/steps/convolution.js";
import {residual} from "../../../src/worker/demonstrations/residual.js";
import {useBackend} from "../../backend.js";
import {largestDifference} from "../../exactness/difference.js";

const TOLERANCE = 1e-4;
const SIZE = 9;
const CHANNELS = 8;
const VALUES = Float32Array.from({length: SIZE * SIZE * CHANNELS}, (_, i) => Math.sin(i * 1.7) * 2);

async function outputOf(steps: readonly Step[], weights: WeightMap): Promise<Float32Array> {
  const output = tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(weights).map(([name, {shape, values}]) => [name, tf.tensor(values.slice(), [...shape])])
    );
    return execute(steps, {tensors}, tf.tensor4d(VALUES.slice(), [1, SIZE, SIZE, CHANNELS]), [UNIT_OUTPUT])[UNIT_OUTPUT]!;
  });
  const values = (await output.data()) as Float32Array;
  output.dispose();
  return values;
}

describe("costs, by hand", () => {
  it.each([
    ["baseline", 64, 2 * (3 * 3 * 64 * 64 + 64), 2 * 9 * 64 * 64],
    ["bottleneck", 256, 256 * 64 + 64 + (9 * 64 * 64 + 64) + (64 * 256 + 256), 256 * 64 + 9 * 64 * 64 + 64 * 256],
    // A scale and a shift for each batch norm; of the convolutions only the last has a bias.
    ["preactivation", 256, 2 * 256 + 256 * 64 + 2 * 64 + 9 * 64 * 64 + 2 * 64 + 64 * 256 + 256, 256 * 64 + 9 * 64 * 64 + 64 * 256],
    ["inverted", 64, 64 * 384 + 384 + (9 * 384 + 384) + (384 * 64 + 64), 64 * 384 + 9 * 384 + 384 * 64]
  ] as const)("%s with %i channels", (kind, channels, parameters, perCell) => {
    for (const rate of [1, 4]) {
      const total = cost({steps: residualUnit(kind, {channels, size: 33, rate})});
      expect(total.parameters).toBe(parameters);
      expect(total.multiplyAdds).toBe(33 * 33 * perCell);
    }
  });
});

it.each(UNITS)("%s keeps the shape, and only its 3x3 convolutions have the rate", (kind) => {
  const steps = residualUnit(kind, {channels: 24, size: 17, rate: 4});
  expect(steps.at(-1)).toMatchObject({name: UNIT_OUTPUT, op: "add", height: 17, width: 17, channels: 24});
  const layers = steps.flatMap((step) => convolutionOf(step) ?? []);
  expect(layers.filter(({kernel}) => kernel[0] === 3).every(({rate}) => rate === 4)).toBe(true);
  expect(layers.filter(({kernel}) => kernel[0] !== 3).every(({rate}) => rate === 1)).toBe(true);
  expect(layers.some(({kernel}) => kernel[0] === 3)).toBe(true);
});

it("expands by what it is told", () => {
  const steps = residualUnit("inverted", {channels: 10, size: 5, expansion: 3});
  expect(steps.find(({op}) => op === "depthwise")!.channels).toBe(30);
});

it.each([{channels: 0}, {size: 2.5}, {rate: 0}, {expansion: -1}])("refuses %o", (wrong) => {
  expect(() => residualUnit("baseline", {channels: 8, size: 9, ...wrong})).toThrow(RangeError);
});

it.each(UNITS)("%s gives the same on wasm and cpu", async (kind) => {
  const steps = residualUnit(kind, {channels: CHANNELS, size: SIZE, rate: 2});
  const weights = randomWeights(steps, 1);
  await useBackend("cpu");
  const onCpu = await outputOf(steps, weights);
  await useBackend("wasm");
  const onWasm = await outputOf(steps, weights);
  expect(Math.max(...onCpu) - Math.min(...onCpu)).toBeGreaterThan(1);
  expect(largestDifference(onWasm, onCpu)).toBeLessThan(TOLERANCE);
});

it("full pre-activation is the input plus a branch of norm, ReLU and convolution, three times", async () => {
  await useBackend("cpu");
  const steps = residualUnit("preactivation", {channels: CHANNELS, size: SIZE, rate: 2});
  const weights = randomWeights(steps, 2);
  const branch = ["1 reduce", "2 conv", "3 restore"].reduce<number[]>(
    (x, names) => {
      const [number, convolution] = names.split(" ");
      return convolved(normed(x, weights, `norm_${number}`), weights, convolution!, convolution === "conv" ? 2 : 1);
    },
    [...VALUES]
  );
  const expected = branch.map((value, i) => VALUES[i]! + value);
  const output = await outputOf(steps, weights);
  expect(largestDifference(output, expected)).toBeLessThan(TOLERANCE);
  // No ReLU after the addition.
  expect(Math.min(...output)).toBeLessThan(-0.5);
});

it.each(["preactivation", "inverted"] satisfies UnitKind[])("%s is the identity where its branch ends in zeros", async (kind) => {
  await useBackend("cpu");
  const steps = residualUnit(kind, {channels: CHANNELS, size: SIZE});
  const end = branchEnd(steps);
  const weights = Object.fromEntries(
    Object.entries(randomWeights(steps, 3)).map(([name, {shape, values}]) => [
      name,
      {shape, values: name.startsWith(`${end}/`) ? values.map(() => 0) : values}
    ])
  );
  expect([...(await outputOf(steps, weights))]).toEqual([...VALUES]);
});

describe("the demonstration", () => {
  const photo = {height: 9, width: 9, values: Float32Array.from({length: 81}, (_, i) => (i % 7) / 7)};

  it.each(UNITS)("%s: numbers of every end point, with and without skip, and no tensor left", async (unit) => {
    await useBackend("cpu");
    const before = tf.memory().numTensors;
    const result = await residual({unit, channels: 8, rate: 2, branchScale: 0.5, photo});
    expect(tf.memory().numTensors).toBe(before);
    expect(Object.keys(result.tensors)).toEqual(residualUnit(unit, {channels: 8, size: 9}).map(({name}) => name));
    const output = result.tensors[UNIT_OUTPUT]!;
    expect(output.norm).not.toBeCloseTo(result.withoutSkip.norm, 2);
    const input = result.tensors["input"]!;
    expect(input.min).toBe(0);
    // One factor for all cells: the map is the photo, scaled.
    const factor = input.map.values[1]! / photo.values[1]!;
    expect(
      largestDifference(
        input.map.values,
        photo.values.map((value) => value * factor)
      )
    ).toBeLessThan(1e-5);
  });

  it.each(UNITS)("%s without branch: the identity with the skip, zero without", async (unit) => {
    await useBackend("cpu");
    const {tensors, withoutSkip, change} = await residual({unit, channels: 8, rate: 1, branchScale: 0, photo});
    expect(change.withSkip).toBe(0);
    expect(withoutSkip.norm).toBe(0);
    expect(change.withoutSkip).toBeCloseTo(tensors["input"]!.max, 5);
  });
});

function normed(x: readonly number[], weights: WeightMap, name: string): number[] {
  const {values: scale} = weights[`${name}/scale`]!;
  const {values: shift} = weights[`${name}/shift`]!;
  return x.map((value, i) => Math.max(0, value * scale[i % scale.length]! + shift[i % scale.length]!));
}

/** Convolution by its definition: zeros around the map, taps `rate` cells apart. */
function convolved(x: readonly number[], weights: WeightMap, name: string, rate: number): number[] {
  const {shape, values: kernel} = weights[`${name}/kernel`]!;
  const [k, , inputs, outputs] = shape as [number, number, number, number];
  const y: number[] = [];
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      for (let o = 0; o < outputs; o++) {
        let sum = weights[`${name}/bias`]?.values[o] ?? 0;
        for (let m = 0; m < k; m++) {
          for (let n = 0; n < k; n++) {
            const [i, j] = [row + (m - (k - 1) / 2) * rate, column + (n - (k - 1) / 2) * rate];
            if (i < 0 || j < 0 || i >= SIZE || j >= SIZE) continue;
            for (let c = 0; c < inputs; c++) sum += x[(i * SIZE + j) * inputs + c]! * kernel[((m * k + n) * inputs + c) * outputs + o]!;
          }
        }
        y.push(sum);
      }
    }
  }
  return y;
}
