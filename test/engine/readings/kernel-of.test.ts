import {expect, it} from "vitest";
import {kernelOf} from "../../../src/engine/readings/kernel-of.js";

const counted = (length: number) => Float32Array.from({length}, (_, index) => index);

it.each([
  ["a depthwise kernel is its window", [3, 3, 2, 1], 1, {height: 3, width: 3, values: [1, 3, 5, 7, 9, 11, 13, 15, 17]}],
  ["a 1x1 is its inputs in about a square", [1, 1, 3, 2], 1, {height: 2, width: 2, values: [1, 3, 5, 0]}],
  ["another is the windows of its inputs side by side", [2, 1, 2, 2], 0, {height: 2, width: 2, values: [0, 2, 4, 6]}]
] as const)("%s", (_, shape, channel, {values, ...size}) => {
  const all = counted(shape.reduce<number>((product, side) => product * side, 1));
  expect(kernelOf(shape, all, channel)).toEqual({...size, values: Float32Array.from(values)});
});
