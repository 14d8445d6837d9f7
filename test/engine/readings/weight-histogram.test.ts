import {expect, it} from "vitest";
import {weightHistogram} from "../../../src/engine/readings/weight-histogram.js";
import {seededValues} from "../../../src/engine/seeded.js";

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
/** Middles of the bins that hold something. */
const filled = ({first, width}: {first: number; width: number}, shares: Float64Array) =>
  [...shares.entries()].filter(([, share]) => share > 0).map(([bin]) => Number((first + bin * width).toFixed(6)));

it("counts nine weights in ten, before and after, in bins of one width", () => {
  const values = seededValues(1, 2000);
  const found = weightHistogram(values, values, null);
  expect(found.after).toEqual(found.before);
  expect(sum(found.before)).toBeCloseTo(0.91, 1);
  expect(found.first + ((found.before.length - 1) / 2) * found.width).toBeCloseTo(0, 9);
});

it("has the values of a coarse grid in the middle of bins, and nothing between them", () => {
  const before = seededValues(2, 3000);
  const after = before.map((value) => 0.25 * Math.round(value / 0.25));
  const found = weightHistogram(before, after, {step: 0.25, offset: 0});
  expect(filled(found, found.after)).toEqual([-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].filter((value) => Math.abs(value) <= 0.92));
  expect(filled(found, found.before).length).toBeGreaterThan(50);
});

it("takes whole steps where the grid is finer than a bin, so that each bin holds as many of its values", () => {
  const values = Float32Array.from({length: 2001}, (_, i) => (i - 1000) / 1000);
  const {width, after} = weightHistogram(values, values, {step: 0.001, offset: 0});
  expect(width / 0.001).toBeCloseTo(Math.round(width / 0.001), 9);
  const inside = after.slice(1, -1);
  expect(Math.max(...inside) - Math.min(...inside)).toBeLessThan(1.01 / 2001);
});

it("follows a grid that zero is not on", () => {
  const after = Float32Array.from([-0.3, -0.1, 0.1, 0.3].flatMap((value) => Array<number>(10).fill(value)));
  const found = weightHistogram(after, after, {step: 0.2, offset: 0.1});
  expect(filled(found, found.after)).toEqual([-0.3, -0.1, 0.1, 0.3]);
});

it("has one bin for weights that are all zero", () => {
  const zeros = new Float32Array(5);
  const found = weightHistogram(zeros, zeros, null);
  expect(filled(found, found.before)).toEqual([0]);
  expect(sum(found.before)).toBeCloseTo(1, 12);
});
