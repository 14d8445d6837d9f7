import {describe, expect, it} from "vitest";
import {meanField} from "../../../src/engine/crf/mean-field.js";
import type {Unaries} from "../../../src/engine/crf/mean-field.js";
import {permutohedralFilter} from "../../../src/engine/crf/permutohedral.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import {exactFilter} from "./by-hand.js";

const [ROWS, COLUMNS, CLASSES, ITERATIONS] = [10, 12, 3, 5];
const PIXELS = ROWS * COLUMNS;
const WEIGHTS = [4, 2] as const;

const next = pseudoRandom(9);
/** Two areas of unlike colours, noisy. */
const colours = Array.from({length: PIXELS}, (_, i) => (i % COLUMNS < 7 ? 40 : 190) + 24 * next());
/** Row and column, and for the bilateral kernel the colour, in standard deviations. */
const near = Float32Array.from({length: 2 * PIXELS}, (_, i) => (i % 2 === 0 ? Math.floor(i / 2 / COLUMNS) : ((i - 1) / 2) % COLUMNS) / 2);
const alike = Float32Array.from({length: 3 * PIXELS}, (_, i) => {
  const pixel = Math.floor(i / 3);
  return [Math.floor(pixel / COLUMNS) / 6, (pixel % COLUMNS) / 6, colours[pixel]! / 20][i % 3]!;
});
const energies = Array.from({length: PIXELS}, (_, i) =>
  Array.from({length: CLASSES}, (_, c) => 2 * next() - (i % COLUMNS < 5 && c === 0 ? 1 : 0))
);

/** The probabilities of classes `from` to `to`, and what is left. */
function unaries(from = 0, to = CLASSES): Unaries {
  const all = energies.map(softmaxOfNegative);
  const kept = all.map((each) => each.slice(from, to));
  return {
    classes: to - from,
    probabilities: Float32Array.from(kept.flat()),
    rest: Float32Array.from(kept, (each) => 1 - each.reduce((total, value) => total + value, 0))
  };
}

function softmaxOfNegative(energies: readonly number[]): number[] {
  const powers = energies.map((energy) => Math.exp(-energy));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Mean field inference as the definition has it: for each pixel and class, the energy that all pixels of other classes add. */
function byHand(features: readonly (readonly [Float32Array, number])[]): number[][] {
  const kernels = features.map(([values, dimensions]) => {
    const at = (i: number, j: number) => {
      let squares = 0;
      for (let d = 0; d < dimensions; d++) squares += (values[i * dimensions + d]! - values[j * dimensions + d]!) ** 2;
      return Math.exp(-squares / 2);
    };
    const totals = energies.map((_, i) => energies.reduce((total, _, j) => total + at(i, j), 0));
    return (i: number, j: number) => at(i, j) / Math.sqrt(totals[i]! * totals[j]!);
  });
  let marginals = energies.map(softmaxOfNegative);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    marginals = energies.map((own, i) =>
      softmaxOfNegative(
        own.map((energy, c) => {
          let total = energy;
          for (let j = 0; j < PIXELS; j++) {
            // Potts: whatever j is but c costs the kernel's weight.
            kernels.forEach((kernel, k) => (total += WEIGHTS[k]! * kernel(i, j) * (1 - marginals[j]![c]!)));
          }
          return total;
        })
      )
    );
  }
  return marginals;
}

const last = (given: Unaries, makes: typeof exactFilter) => {
  const kernels = [
    {weight: WEIGHTS[0], filter: makes(alike, 3)},
    {weight: WEIGHTS[1], filter: makes(near, 2)}
  ];
  return [...meanField(given, kernels, ITERATIONS)].at(-1)!;
};

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

describe("mean field inference", () => {
  const expected = byHand([
    [alike, 3],
    [near, 2]
  ]).flat();

  it("with exact filters gives the marginals of the definition", () => {
    const found = last(unaries(), exactFilter);
    expect(largestDifference(found, expected)).toBeLessThan(1e-5);
    // They are far from what it began with.
    expect(largestDifference(found, unaries().probabilities)).toBeGreaterThan(0.5);
  });

  it("on the lattice, which approximates the kernels, comes near to them: 0.1 at the worst pixel, 0.02 on average, the same labels", () => {
    const found = last(unaries(), permutohedralFilter);
    expect(largestDifference(found, expected)).toBeLessThan(0.1);
    expect(expected.reduce((total, value, i) => total + Math.abs(value - found[i]!), 0) / expected.length).toBeLessThan(0.02);
    const labels = (values: ArrayLike<number>) =>
      energies.map((_, i) => best(Array.from({length: CLASSES}, (_, c) => values[i * CLASSES + c]!)));
    expect(labels(found)).toEqual(labels(expected));
  });

  it("gives probabilities, first those it began with, and one more for each iteration", () => {
    const kernels = [{weight: 3, filter: permutohedralFilter(near, 2)}];
    const given = unaries();
    let iterations = -1;
    for (const marginals of meanField(given, kernels, ITERATIONS)) {
      iterations++;
      if (iterations === 0) expect(marginals).toEqual(given.probabilities);
      for (let i = 0; i < PIXELS; i++) {
        const own = marginals.subarray(i * CLASSES, (i + 1) * CLASSES);
        expect(Math.min(...own)).toBeGreaterThanOrEqual(0);
        expect(own.reduce((total, value) => total + value, 0)).toBeCloseTo(1, 5);
      }
    }
    expect(iterations).toBe(ITERATIONS);
  });

  it("leaves classes that take no part what they had, less what those that do are told", () => {
    const filter = exactFilter(near, 2);
    const given = unaries(0, 2);
    const found = [...meanField(given, [{weight: 3, filter}], 1)].at(-1)!;
    const told = new Float32Array(2 * PIXELS);
    filter.addFiltered(given.probabilities, 2, 3, told);
    const powers = given.probabilities.map((value, i) => value * Math.exp(told[i]!));
    for (let i = 0; i < PIXELS; i++) {
      const total = powers[2 * i]! + powers[2 * i + 1]! + given.rest[i]!;
      expect(found[2 * i]! - powers[2 * i]! / total).toBeCloseTo(0, 5);
    }
  });

  it("survives weights whose powers no number holds", () => {
    const found = [...meanField(unaries(), [{weight: 5000, filter: permutohedralFilter(near, 2)}], 3)].at(-1)!;
    expect(found.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

function best(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
