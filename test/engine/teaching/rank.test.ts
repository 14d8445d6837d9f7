import {describe, expect, it} from "vitest";
import {numericalRank} from "../../../src/engine/teaching/rank.js";
import {seededValues} from "../../../src/engine/seeded.js";

describe("the numerical rank", () => {
  it.each([
    {name: "no values but zeros", values: [0, 0, 0, 0], rows: 2, columns: 2, rank: 0},
    {name: "the identity", values: [1, 0, 0, 0, 1, 0, 0, 0, 1], rows: 3, columns: 3, rank: 3},
    {name: "a zero where the first pivot would be", values: [0, 1, 1, 0], rows: 2, columns: 2, rank: 2},
    // Its third row is twice the second less the first.
    {name: "1 to 9", values: [1, 2, 3, 4, 5, 6, 7, 8, 9], rows: 3, columns: 3, rank: 2},
    {name: "rows that are multiples", values: [1, -2, 3, -2, 4, -6], rows: 2, columns: 3, rank: 1},
    {name: "columns that are multiples", values: [1, -2, -2, 4, 3, -6], rows: 3, columns: 2, rank: 1},
    {name: "one column", values: [0, 0, 5], rows: 3, columns: 1, rank: 1},
    {name: "tiny values, which count by themselves", values: [1e-20, 0, 0, 1e-20], rows: 2, columns: 2, rank: 2},
    {name: "a value that is rounding beside the other", values: [1, 0, 0, 1e-7], rows: 2, columns: 2, rank: 1}
  ])("of $name is $rank", ({values, rows, columns, rank}) => {
    expect(numericalRank(values, rows, columns)).toBe(rank);
  });

  it("counts a sum of outer products, rounded to float32, by its terms", () => {
    const terms = [1, 2, 3].map((seed) => ({left: seededValues(seed, 49), right: seededValues(seed + 10, 60)}));
    for (let count = 1; count <= terms.length; count++) {
      const sum = Float32Array.from({length: 49 * 60}, (_, i) =>
        terms.slice(0, count).reduce((total, {left, right}) => total + left[Math.floor(i / 60)]! * right[i % 60]!, 0)
      );
      expect(numericalRank(sum, 49, 60)).toBe(count);
    }
  });

  it.each([1, 9, 25, 49])("of random numbers with %i rows is as large as it can be", (rows) => {
    for (const columns of [1, 8, 9, 24, 25, 26, 49, 512]) {
      expect(numericalRank(seededValues(3, rows * columns), rows, columns)).toBe(Math.min(rows, columns));
    }
  });

  it("leaves the matrix as it is and refuses one of another size", () => {
    const matrix = [1, 2, 3, 4];
    numericalRank(matrix, 2, 2);
    expect(matrix).toEqual([1, 2, 3, 4]);
    expect(() => numericalRank(matrix, 2, 3)).toThrow(RangeError);
  });
});
