import {expect, it} from "vitest";
import {valuesInWords} from "../../../src/components/maps/values-in-words.js";

const map = (width: number, ...values: number[]) => ({width, height: values.length / width, values});

it("says between what the values of a map lie, and where the largest is", () => {
  expect(valuesInWords(map(3, 0.5, -1.2345, 0, 2, 7.125, 1))).toBe("2 × 3 cells, from −1.23 to 7.13, the largest in row 2, column 2.");
});

it("reads out the few that are written in their cells, row by row", () => {
  expect(valuesInWords({...map(2, 1, 2, 3, 4), text: (value) => value.toFixed(1)})).toBe("2 × 2 cells: 1.0 2.0; 3.0 4.0.");
});

it("says that all are one, or that there is none", () => {
  expect(valuesInWords(map(2, 4, 4))).toBe("1 × 2 cells, each 4.");
  expect(valuesInWords(map(2, NaN, NaN))).toBe("1 × 2 cells, without a value.");
  expect(valuesInWords(map(2, NaN, 3))).toBe("1 × 2 cells, each 3.");
});
