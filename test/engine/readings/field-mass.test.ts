import {expect, it} from "vitest";
import {massWithin, quarterOf, squareHolding} from "../../../src/engine/readings/field-mass.js";

const map = {height: 3, width: 4, values: Float32Array.from([1, 0, 0, 2, 0, 4, 0, 0, 1, 0, 0, 2])};
const empty = {height: 2, width: 2, values: new Float32Array(4)};

it("adds up what lies within a box, borders included", () => {
  expect(massWithin(map, {top: 0, bottom: 2, left: 0, right: 3})).toBe(1);
  expect(massWithin(map, {top: 1, bottom: 1, left: 1, right: 1})).toBeCloseTo(0.4, 12);
  expect(massWithin(map, {top: 0, bottom: 2, left: 3, right: 9})).toBeCloseTo(0.4, 12);
  expect(massWithin(empty, {top: 0, bottom: 1, left: 0, right: 1})).toBe(0);
});

it("finds the square around a pixel that holds a share", () => {
  // From row 1, column 1: 4 at no distance, 2 at one, 4 at two; of 10.
  expect(squareHolding(map, {row: 1, column: 1}, 0.4)).toBe(1);
  expect(squareHolding(map, {row: 1, column: 1}, 0.5)).toBe(3);
  expect(squareHolding(map, {row: 1, column: 1}, 0.7)).toBe(5);
  expect(squareHolding(empty, {row: 0, column: 0}, 0.5)).toBe(0);
});

it("shrinks a box towards a point to half its sides", () => {
  expect(quarterOf({top: 0, bottom: 100, left: 40, right: 60}, {row: 50, column: 40})).toEqual({top: 25, bottom: 75, left: 40, right: 50});
});
