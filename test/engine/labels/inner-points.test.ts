import {expect, it} from "vitest";
import {innerPoints} from "../../../src/engine/labels/inner-points.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";

it("finds the pixel of each class that is furthest from all others and from the picture's edge", () => {
  const rows = ["1111100", "1111100", "1111100", "1111102", "1111100"];
  const found = innerPoints({width: 7, height: 5, labels: Uint8Array.from(rows.join(""), Number)});
  expect(found.get(1)).toEqual({id: 1, row: 2, column: 2, depth: 3});
  expect(found.get(2)).toEqual({id: 2, row: 3, column: 6, depth: 1});
  expect(found.has(3)).toBe(false);
});

it("gives what looking at every pixel gives", () => {
  const random = pseudoRandom(7);
  const [width, height] = [13, 9];
  const labels = Uint8Array.from({length: width * height}, () => (random() < 0.15 ? 1 : 0));
  const depthOf = (row: number, column: number) => {
    const id = labels[row * width + column];
    let least = Infinity;
    for (let y = -1; y <= height; y++)
      for (let x = -1; x <= width; x++) {
        const isOutside = y < 0 || x < 0 || y >= height || x >= width;
        // Over a corner nothing leads out.
        const isCorner = (y < 0 || y >= height) && (x < 0 || x >= width);
        if (!isCorner && (isOutside || labels[y * width + x] !== id)) least = Math.min(least, Math.abs(y - row) + Math.abs(x - column));
      }
    return least;
  };
  for (const {id, row, column, depth} of innerPoints({width, height, labels}).values()) {
    expect(depth).toBe(depthOf(row, column));
    labels.forEach((label, at) => label === id && expect(depthOf(Math.floor(at / width), at % width)).toBeLessThanOrEqual(depth));
  }
});
