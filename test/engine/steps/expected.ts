import {expect} from "vitest";
import type {Step} from "../../../src/engine/plan.js";
import {byHand, differences} from "./by-hand.js";
import type {Case} from "./cases.js";
import {BATCH, fed} from "./measured.js";
import type {Measured} from "./measured.js";

interface Expected {
  readonly output: Float64Array;
  readonly input: Float64Array;
  readonly weights: Readonly<Record<string, Float64Array>>;
}

/** Relative to the largest value: single precision, and the backends' own exponential functions. */
const TOLERANCE = 2e-5;

const known = new Map<Case, Expected>();

/** Output and gradients of a case by definition and by finite differences, in double precision. */
export function expectedOf(example: Case): Expected {
  let expected = known.get(example);
  if (!expected) known.set(example, (expected = computed(example)));
  return expected;
}

function computed(example: Case): Expected {
  const {weights, input, seed} = fed(example);
  const steps: readonly Step[] = example.list.list;
  const doubles = Object.fromEntries(Object.entries(weights).map(([name, {values}]) => [name, Float64Array.from(values)]));
  const size = input.length / BATCH;
  const outputSize = seed.length / BATCH;
  const entries = Array.from({length: BATCH}, (_, entry) => Float64Array.from(input.subarray(entry * size, (entry + 1) * size)));
  const run = (values: Float64Array, used: Readonly<Record<string, Float64Array>> = doubles) =>
    byHand(steps, used, values).get(example.end)!;
  /** The weighted sum of one entry's output. */
  const sum = (output: Float64Array, entry: number) => output.reduce((total, value, i) => total + value * seed[entry * outputSize + i]!, 0);
  return {
    output: joined(entries.map((values) => run(values))),
    // An entry of a batch knows nothing of the others.
    input: joined(entries.map((entry, index) => differences(entry, (values) => sum(run(values), index)))),
    weights: Object.fromEntries(
      Object.entries(doubles).map(([name, values]) => [
        name,
        differences(values, (other) =>
          entries.reduce((total, entry, index) => total + sum(run(entry, {...doubles, [name]: other}), index), 0)
        )
      ])
    )
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

/** Compares what a backend computed with the definition. */
export function expectAgreement(found: Measured, expected: Expected): void {
  expect(found.left, "tensors left behind").toBe(0);
  expectNear(found.output, expected.output, "output");
  expectNear(found.input, expected.input, "gradient of the input");
  expect(Object.keys(found.weights).sort()).toEqual(Object.keys(expected.weights).sort());
  for (const [name, values] of Object.entries(expected.weights)) expectNear(found.weights[name]!, values, `gradient of ${name}`);
}

function expectNear(found: ArrayLike<number>, expected: Float64Array, what: string): void {
  expect(found.length, what).toBe(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest, `${what} is zero everywhere: nothing is shown`).toBeGreaterThan(1e-3);
  const apart = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0);
  // Written so that a NaN fails too.
  expect(apart <= TOLERANCE * Math.max(1, largest), `${what} is ${apart} off, at values up to ${largest}`).toBe(true);
}
