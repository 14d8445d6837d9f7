import {describe, expect, it} from "vitest";
import type {Shape} from "../../../src/engine/photo-edits/edit.js";
import {editedArea, regionOf} from "../../../src/engine/photo-edits/region.js";

const SIZE = {width: 20, height: 10};

/** The pixels of a shape, a row a line. */
function drawn(shape: Shape, size = SIZE): string[] {
  const area = editedArea([{shape, effect: {kind: "grey"}}], size);
  return Array.from({length: size.height}, (_, row) =>
    Array.from(area.subarray(row * size.width, (row + 1) * size.width), (value) => ".#"[value]).join("")
  );
}

describe("the pixels of", () => {
  it("a rectangle, its edges on whole pixels", () => {
    const region = regionOf({kind: "rectangle", x: 250, y: 200, width: 500, height: 310, outside: false}, SIZE);
    expect(region).toEqual({left: 5, top: 2, width: 10, height: 3, inside: new Uint8Array(30).fill(1)});
  });
  it("all but a rectangle", () => {
    expect(drawn({kind: "rectangle", x: 200, y: 250, width: 600, height: 500, outside: true}, {width: 5, height: 4})).toEqual([
      "#####",
      "#...#",
      "#...#",
      "#####"
    ]);
  });
  it("a square, as many pixels high as wide, cut off at the photo's edge", () => {
    expect(regionOf({kind: "square", x: 500, y: 500, side: 200, loose: true}, SIZE)).toMatchObject({left: 8, top: 3, width: 4, height: 4});
    expect(regionOf({kind: "square", x: 0, y: 1000, side: 200, loose: true}, SIZE)).toMatchObject({left: 0, top: 8, width: 2, height: 2});
  });
  it("a brush's dot and line, round at the ends", () => {
    expect(drawn({kind: "line", radius: 150, points: [[500, 500]]}).map((row) => row.slice(6, 14))).toEqual([
      "........",
      "........",
      "..####..",
      ".######.",
      ".######.",
      ".######.",
      ".######.",
      "..####..",
      "........",
      "........"
    ]);
    const line = drawn({
      kind: "line",
      radius: 100,
      points: [
        [200, 500],
        [800, 500]
      ]
    });
    expect(line.map((row) => [...row].filter((pixel) => pixel === "#").length)).toEqual([0, 0, 0, 14, 16, 16, 14, 0, 0, 0]);
  });
});

it("is within the brush's reach of the line exactly, wherever it turns", () => {
  const size = {width: 60, height: 40};
  const points = [
    [100, 100],
    [700, 300],
    [300, 900],
    [950, 950]
  ] as const;
  const corners = points.map(([x, y]) => [(x / 1000) * 60, (y / 1000) * 40] as const);
  const area = editedArea([{shape: {kind: "line", radius: 50, points}, effect: {kind: "grey"}}], size);
  let inside = 0;
  for (let row = 0; row < 40; row++) {
    for (let column = 0; column < 60; column++) {
      // Points along the line, close together.
      const distances = corners.slice(1).flatMap(([bx, by], i) => {
        const [ax, ay] = corners[i]!;
        return Array.from({length: 301}, (_, k) =>
          Math.hypot(ax + ((bx - ax) * k) / 300 - column - 0.5, ay + ((by - ay) * k) / 300 - row - 0.5)
        );
      });
      const distance = Math.min(...distances);
      if (Math.abs(distance - 3) > 0.05) expect(area[row * 60 + column]).toBe(distance < 3 ? 1 : 0);
      inside += area[row * 60 + column]!;
    }
  }
  expect(inside).toBeGreaterThan(300);
});
