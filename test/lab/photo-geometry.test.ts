import {expect, it} from "vitest";
import {mapRect, perMille, pixelsPerCell, pointOf, toCells, toPixels} from "../../src/lab/photo-geometry.js";

// A photo of 513 x 257 in a network input of 513 x 273: features of 33 x 18 cells, 16 pixels apart.
const result = {width: 513, height: 257, covered: {width: 1, height: 256 / 272}};
const features = {width: 33, height: 18};

it("finds the cell of a pixel and the pixel of a cell", () => {
  expect(toCells(result, features, {row: 256, column: 512})).toEqual({row: 16, column: 32});
  expect(toCells(result, features, {row: 0, column: 24})).toEqual({row: 0, column: 1.5});
  expect(toPixels(result, features, {row: 16, column: 32})).toEqual({row: 256, column: 512});
  const outside = toPixels(result, features, {row: -6, column: 2});
  expect(outside.row).toBeCloseTo(-96);
  expect(outside.column).toBeCloseTo(32);
  expect(pixelsPerCell(result, features)).toBeCloseTo(16);
});

it("lays a map over the photo so that each cell's middle is its pixel's", () => {
  const {left, top, width, height} = mapRect(result, features);
  // Cell 2 of 33 columns lies at pixel 32, whose middle is at 32.5.
  expect(left + (width / 33) * 2.5).toBeCloseTo(32.5);
  expect(top + (height / 18) * 16.5).toBeCloseTo(256.5);
});

it("keeps a point through the address", () => {
  const point = {row: 77, column: 401};
  const back = pointOf(perMille(point, result), result);
  expect(Math.abs(back.row - point.row)).toBeLessThanOrEqual(1);
  expect(Math.abs(back.column - point.column)).toBeLessThanOrEqual(1);
  expect(pointOf({x: 1000, y: 0}, result)).toEqual({row: 0, column: 512});
});

it("a single cell lies on all of the photo", () => {
  expect(mapRect({width: 101, height: 51, covered: {width: 1, height: 0.5}}, {width: 1, height: 1})).toEqual({
    left: 0,
    top: 0,
    width: 101,
    height: 51
  });
});
