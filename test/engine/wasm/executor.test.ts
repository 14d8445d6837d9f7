import * as tf from "@tensorflow/tfjs-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {kernelFiles} from "../../../scripts/kernels/compile.js";
import {machineInNode} from "../../../scripts/kernels/in-node.js";
import {execute} from "../../../src/engine/execute.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import type {Step} from "../../../src/engine/steps/kinds.js";
import {createExecutor} from "../../../src/engine/wasm/executor.js";
import type {Machine} from "../../../src/engine/wasm/machine.js";
import {useBackend} from "../../backend.js";
import {largestDifference} from "../../exactness/difference.js";
import {chance, randomSteps, weightsOf} from "./random-steps.js";
import type {Chance} from "./random-steps.js";

/** Lists of steps that are tried; `LONG=1` tries more, and SEED others. */
const LISTS = process.env["LONG"] ? 20_000 : 300;
const SEED = Number(process.env["SEED"] ?? 1);
const TOLERANCE = 1e-4;

let machines: readonly Machine[];
beforeAll(async () => {
  machines = await Promise.all([machineInNode(1, 4), machineInNode(3, 6)]);
  await useBackend("cpu");
});
afterAll(() => machines.forEach((machine) => machine.dispose()));

describe("our kernels", () => {
  it(`give what TensorFlow.js gives for ${LISTS} lists of steps, in one thread and in three, by tiles of four cells and of six, whichever end points are wanted or replaced`, () => {
    for (let list = 0; list < LISTS; list++) {
      const of = chance(pseudoRandom(SEED * 1_000_003 + list));
      const steps = randomSteps(of, of.between(1, 14));
      expectSame(of, steps, `SEED=${SEED}, list ${list}`);
    }
  });

  it("are a module of less than 60 kB, with and without relaxed SIMD and threads", async () => {
    const sizes = [...(await kernelFiles()).values()].map(({length}) => length);
    expect(sizes).toHaveLength(4);
    expect(Math.max(...sizes)).toBeLessThan(60_000);
  });
});

/** Compares some end points, among them the last, where none or some of the others have something else in their place. */
function expectSame(of: Chance, steps: readonly Step[], where: string): void {
  const weights = weightsOf(steps, of);
  const tensors = Object.fromEntries(
    Object.entries(weights).map(([name, {shape, values}]) => [name, tf.tensor(values.slice(), [...shape])])
  );
  const executors = machines.map((machine) => createExecutor(machine, weights));
  const others = steps.slice(1, -1).map(({name}) => name);
  const some = (most: number) => new Set(Array.from({length: others.length > 0 ? of.between(0, most) : 0}, () => of.among(others)));
  const input = randomTensor(of, steps[0]!);
  const before = tf.memory().numTensors;
  for (const isReplaced of [false, true]) {
    const wanted = [...new Set([...some(3), steps.at(-1)!.name])];
    const replaced = Object.fromEntries(
      [...(isReplaced ? some(2) : [])].map((name) => [
        name,
        of.between(0, 1) > 0
          ? ("zero" as const)
          : randomTensor(
              of,
              steps.find((step) => step.name === name)!
            )
      ])
    );
    const rows = () => tf.tensor4d([0], [1, 1, 1, 1]);
    const expected = execute(steps, {tensors}, input, wanted, {replaced});
    for (const [index, executor] of executors.entries()) {
      const found = execute(steps, {tensors, rows, executor}, input, wanted, {replaced});
      for (const name of wanted) {
        const [a, b] = [expected[name]!, found[name]!];
        expect(b.shape, `${where}, ${name}`).toEqual(a.shape);
        const apart = largestDifference(b.dataSync(), a.dataSync()) / Math.max(1, largest(a.dataSync()));
        const what = `${name}, replaced ${Object.keys(replaced).join(", ") || "nothing"}, ${machines[index]!.threads} threads`;
        expect(apart, `${where}, ${what}`).toBeLessThan(TOLERANCE);
      }
      tf.dispose(found);
    }
    tf.dispose([expected, replaced]);
  }
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose([tensors, input]);
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function randomTensor(of: Chance, {height, width, channels}: Step): tf.Tensor4D {
  const values = Float32Array.from({length: height * width * channels}, () => of.value());
  return tf.tensor4d(values, [1, height, width, channels]);
}
