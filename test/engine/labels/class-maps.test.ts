import {describe, expect, it} from "vitest";
import {classLogits, entropies, largestClass, leaders, margins, meanLogits, smallest} from "../../../src/engine/labels/class-maps.js";

/** Two rows of two cells, three classes. */
const logits = {
  height: 2,
  width: 2,
  classes: 3,
  values: Float32Array.from([...[0, 0, 0], ...[Math.log(2), 0, 0], ...[1, 4, 3.5], ...[-20, 40, -20]])
};

it("takes one class's logits out", () => {
  expect([...classLogits(logits, 1)]).toEqual([0, 0, 4, 40]);
  expect(() => classLogits(logits, 3)).toThrow("no class 3");
});

it("averages each class's logit over the cells", () => {
  const mean = [...meanLogits(logits)];
  [(Math.log(2) + 1 - 20) / 4, 44 / 4, (3.5 - 20) / 4].forEach((expected, id) => expect(mean[id]).toBeCloseTo(expected, 6));
});

it("finds the class that wins most cells, and its cell with the largest logit; one is left aside, unless it wins them all", () => {
  // Two cells are class 0's, one of them by being first, and two are class 1's.
  expect(largestClass(logits, null)).toEqual({id: 0, share: 0.5, row: 0, column: 1});
  expect(largestClass(logits, 0)).toEqual({id: 1, share: 0.5, row: 1, column: 1});
  const upper = {...logits, height: 1, values: logits.values.slice(0, 6)};
  expect(largestClass(upper, 0)).toEqual({id: 0, share: 1, row: 0, column: 1});
  // A class speaks loudest where it wins, however loud it is where another does.
  const values = Float32Array.from([...[9, 8], ...[1, 2], ...[0, 3], ...[5, 0]]);
  expect(largestClass({height: 2, width: 2, classes: 2, values}, 0)).toEqual({id: 1, share: 0.5, row: 1, column: 0});
});

describe("margin", () => {
  it("is the winner's logit less the runner-up's", () => {
    const [first, second, third, fourth] = margins(logits);
    expect([first, third, fourth]).toEqual([0, 0.5, 60]);
    expect(second).toBeCloseTo(Math.log(2), 6);
  });
  it("names both, the first of equal ones before the others", () => {
    expect(leaders(logits, 0)).toEqual({winner: 0, runnerUp: 1, margin: 0});
    expect(leaders(logits, 2)).toEqual({winner: 1, runnerUp: 2, margin: 0.5});
  });
});

it("has entropies in bits, from 0 to log2 of the number of classes", () => {
  const [alike, half, , sure] = entropies(logits);
  expect(alike).toBeCloseTo(Math.log2(3), 6);
  // A half and two quarters: 1/2 + 2/4 * 2 bits.
  expect(half).toBeCloseTo(1.5, 6);
  expect(sure).toBeCloseTo(0, 12);
});

describe("the smallest values", () => {
  const values = Float32Array.from([5, 1, 2, 9, 4, 3, 8, 0]);
  it("come smallest first, on the part of the map that counts", () => {
    expect(smallest(values, {width: 4, rows: 2, columns: 3}, 2, 1)).toEqual([
      {row: 0, column: 1, value: 1},
      {row: 0, column: 2, value: 2}
    ]);
  });
  it("lie apart", () => {
    expect(smallest(values, {width: 4, rows: 2, columns: 4}, 5, 2)).toEqual([
      {row: 1, column: 3, value: 0},
      {row: 0, column: 1, value: 1}
    ]);
  });
});
