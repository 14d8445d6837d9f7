import {expect, it} from "vitest";
import {activationDifference} from "../../../src/engine/readings/activation-difference.js";

const map = (height: number, width: number, channels: number, ...values: number[]) => ({
  height,
  width,
  channels,
  values: Float32Array.from(values)
});

it("is the mean over channels of the absolute difference, cell by cell", () => {
  const {height, width, values, mean, largest, relative} = activationDifference(map(1, 2, 2, 1, -2, 3, 4), map(1, 2, 2, 0, -4, 3, 10));
  expect([height, width]).toEqual([1, 2]);
  // (1 + 2) / 2 and (0 + 6) / 2.
  expect([...values]).toEqual([1.5, 3]);
  expect(mean).toBe(2.25);
  expect(largest).toBe(3);
  // 9 of 1 + 2 + 3 + 4.
  expect(relative).toBe(0.9);
});

it("interpolates B at A's cells, corners aligned, whichever is finer", () => {
  const ramp = map(1, 3, 1, 0, 1, 2);
  const coarse = map(1, 2, 1, 0, 2);
  expect([...activationDifference(ramp, coarse).values]).toEqual([0, 0, 0]);
  expect([...activationDifference(coarse, ramp).values]).toEqual([0, 0]);
  // B's middle is the mean of its four corners: 2.5.
  const square = activationDifference(map(3, 3, 1, 0, 0, 0, 0, 10, 0, 0, 0, 0), map(2, 2, 1, 1, 2, 3, 4));
  expect([...square.values]).toEqual([1, 1.5, 2, 2, 7.5, 3, 3, 3.5, 4]);
});

it("compares cells over the same point of the photo where the paddings differ", () => {
  // The photo ends in the middle of A and at the end of B: A's middle lies over B's end.
  const covered = {a: {height: 1, width: 0.5}, b: {height: 1, width: 1}};
  expect([...activationDifference(map(1, 3, 1, 0, 4, 4), map(1, 2, 1, 0, 4), covered).values]).toEqual([0, 0, 0]);
});

it("has no relative size where A is zero", () => {
  expect(activationDifference(map(1, 1, 1, 0), map(1, 1, 1, 3))).toMatchObject({mean: 3, relative: null});
});

it("refuses different numbers of channels", () => {
  expect(() => activationDifference(map(1, 1, 1, 0), map(1, 1, 2, 0, 0))).toThrow("Activations of 1 and 2 channels");
});
