import {expect, it} from "vitest";
import {chair, enlarged, shrunk, sparse, withBoxes} from "../../../src/engine/teaching/label-sizes.js";

const [width, height] = [9, 5];
const empty = {width, height, ids: new Uint8Array(width * height)};
const column = (left: number, wide: number) => withBoxes(empty, [{left, top: 0, width: wide, height}], 1);
const count = ({ids}: {ids: Uint8Array}) => ids.reduce((sum, id) => sum + id, 0);

it("loses a thin thing between the pixels that are left, and widens one on them", () => {
  expect(shrunk(column(4, 1), 4)).toEqual({width: 3, height: 2, ids: Uint8Array.from([0, 1, 0, 0, 1, 0])});
  expect(count(shrunk(column(5, 3), 4))).toBe(0);
  expect(count(enlarged(shrunk(column(5, 3), 4), 4, empty))).toBe(0);
  // As near to the fifth pixel as to no other: from the third to the sixth.
  expect(enlarged(shrunk(column(4, 1), 4), 4, empty)).toEqual(column(2, 4));
});

it("keeps every so many-th cell of scores, with all classes", () => {
  const values = Float32Array.from({length: 15 * 2}, (_, index) => index);
  expect(sparse({width: 5, height: 3, classes: 2, values}, 2)).toEqual({
    width: 3,
    height: 2,
    classes: 2,
    values: Float32Array.from([0, 1, 4, 5, 8, 9, 20, 21, 24, 25, 28, 29])
  });
});

it("draws a chair whose legs have the width, and leaves out what lies outside", () => {
  const size = {width: 60, height: 60, ids: new Uint8Array(3600)};
  const drawn = withBoxes(size, chair({row: 30, column: 30}, 40, 2), 1);
  const row = (y: number) => Array.from(drawn.ids.subarray(60 * y, 60 * (y + 1)).entries()).flatMap(([x, id]) => (id === 1 ? [x] : []));
  expect(row(12)).toEqual([20, 21]);
  expect(row(45)).toEqual([20, 21, 38, 39]);
  expect(row(31)).toEqual(Array.from({length: 20}, (_, x) => 20 + x));
  expect(count(withBoxes(size, chair({row: 0, column: 0}, 40, 2), 1))).toBeGreaterThan(0);
});
