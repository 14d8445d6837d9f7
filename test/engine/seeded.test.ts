import {expect, it} from "vitest";
import {seededValues} from "../../src/engine/seeded.js";

it("gives the same numbers for a seed, others for another, and a longer list begins with the shorter", () => {
  expect(seededValues(1, 5)).toEqual(seededValues(1, 5));
  expect(seededValues(1, 5)).not.toEqual(seededValues(2, 5));
  expect(seededValues(1, 9).slice(0, 5)).toEqual(seededValues(1, 5));
});

it.each([0, 1, 2, 3, 99])("spreads evenly from -1 to 1 (seed %i)", (seed) => {
  const values = seededValues(seed, 10_000);
  const tenths = new Array<number>(10).fill(0);
  for (const value of values) tenths[Math.floor((value + 1) * 5)]!++;
  // 1000 each, give or take five standard deviations of 30.
  expect(tenths.every((count) => Math.abs(count - 1000) < 150)).toBe(true);
  const neighbours = values.reduce((sum, value, i) => sum + value * (values[i + 1] ?? 0), 0) / values.length;
  expect(Math.abs(neighbours)).toBeLessThan(0.02);
});
