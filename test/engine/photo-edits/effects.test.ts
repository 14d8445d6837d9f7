import {describe, expect, it} from "vitest";
import type {Effect, Shape} from "../../../src/engine/photo-edits/edit.js";
import {boxReach} from "../../../src/engine/photo-edits/box-blur.js";
import {applyEdit} from "../../../src/engine/photo-edits/effects.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";

const SIZE = {width: 40, height: 30};
/** Columns 10 to 29, rows 6 to 20. */
const PART: Shape = {kind: "rectangle", x: 250, y: 200, width: 500, height: 500, outside: false};
const isInside = (x: number, y: number) => x >= 10 && x < 30 && y >= 6 && y < 21;

/** A photo of smooth colours with noise. */
function photo(): Uint8ClampedArray {
  const random = pseudoRandom(5);
  return Uint8ClampedArray.from({length: SIZE.width * SIZE.height * 4}, (_, i) => {
    if (i % 4 === 3) return 255;
    const pixel = Math.floor(i / 4);
    return 110 + 60 * Math.sin((pixel % SIZE.width) / 5 + (i % 4)) + 30 * Math.cos(pixel / SIZE.width / 4) + 40 * random();
  });
}

/** Does an effect to the part and hands each pixel with what it was before to `expected`. */
function check(
  effect: Effect,
  expected: (at: (x: number, y: number, c: number) => number, x: number, y: number, c: number) => number,
  tolerance = 0.5001
): void {
  const before = photo();
  const after = photo();
  applyEdit(after, SIZE, {shape: PART, effect});
  const at = (x: number, y: number, c: number) =>
    before[4 * (Math.min(Math.max(y, 0), SIZE.height - 1) * SIZE.width + Math.min(Math.max(x, 0), SIZE.width - 1)) + c]!;
  for (let y = 0; y < SIZE.height; y++) {
    for (let x = 0; x < SIZE.width; x++) {
      for (let c = 0; c < 4; c++) {
        const value = after[4 * (y * SIZE.width + x) + c]!;
        if (!isInside(x, y) || c === 3) expect(value, `${x}, ${y}`).toBe(at(x, y, c));
        else expect(Math.abs(value - Math.min(255, Math.max(0, expected(at, x, y, c)))), `${x}, ${y}, ${c}`).toBeLessThanOrEqual(tolerance);
      }
    }
  }
}

describe("only the part changes, and", () => {
  it("is covered with the colour", () => check({kind: "cover", colour: "#12a0ff"}, (_, __, ___, c) => [0x12, 0xa0, 0xff][c]!, 0));

  it("is turned: by half a turn exactly, by any angle clockwise around its middle", () => {
    check({kind: "turn", amount: 180}, (at, x, y, c) => at(39 - x, 26 - y, c), 0);
    // A quarter: what was at the left comes to the top. The middle is between two columns.
    check({kind: "turn", amount: 90}, (at, x, y, c) => {
      const [fromX, fromY] = [19.5 + (y - 13), 13 - (x - 19.5)];
      const [x0, y0] = [Math.floor(fromX), Math.floor(fromY)];
      return (at(x0, y0, c) + at(x0 + 1, y0, c) + at(x0, y0 + 1, c) + at(x0 + 1, y0 + 1, c)) / 4;
    });
  });

  it("is blurred as three boxes do, one after the other", () => {
    const reach = boxReach((40 / 1000) * 40);
    expect(reach).toBe(1);
    // Three boxes of three are one kernel of seven.
    const kernel = [1, 3, 6, 7, 6, 3, 1].map((weight) => weight / 27);
    check({kind: "blur", amount: 40}, (at, x, y, c) =>
      kernel.reduce((sum, down, j) => sum + down * kernel.reduce((row, across, i) => row + across * at(x + i - 3, y + j - 3, c), 0), 0)
    );
  });

  it("loses its colour but not its brightness", () =>
    check({kind: "grey"}, (at, x, y) => 0.2126 * at(x, y, 0) + 0.7152 * at(x, y, 1) + 0.0722 * at(x, y, 2)));

  it("keeps its colours after a whole turn of the hue in three steps, but for rounding", () => {
    const before = photo();
    const after = photo();
    for (let i = 0; i < 3; i++) applyEdit(after, SIZE, {shape: PART, effect: {kind: "hue", amount: 120}});
    const once = photo();
    applyEdit(once, SIZE, {shape: PART, effect: {kind: "hue", amount: 120}});
    const distance = (a: Uint8ClampedArray, b: Uint8ClampedArray) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
    expect(distance(once, before)).toBeGreaterThan(20);
    // Some channels leave their range at one of the steps.
    expect(after.filter((value, i) => Math.abs(value - before[i]!) > 2).length / after.length).toBeLessThan(0.02);
  });
});

it("noise is even between its bounds, and the same every time", () => {
  const noisy = (value: number) => {
    const rgba = new Uint8ClampedArray(SIZE.width * SIZE.height * 4).fill(value);
    applyEdit(rgba, SIZE, {shape: {...PART, x: 0, y: 0, width: 1000, height: 1000}, effect: {kind: "noise", amount: 40}});
    return rgba.filter((_, i) => i % 4 < 3);
  };
  const values = noisy(128);
  expect(noisy(128)).toEqual(values);
  // 40 % of the range: 102 up and down, so a standard deviation of 102 / sqrt(3).
  expect(Math.min(...values)).toBeGreaterThanOrEqual(26);
  expect(Math.max(...values)).toBeLessThanOrEqual(230);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  expect(Math.abs(mean - 128)).toBeLessThan(4);
  expect(Math.abs(deviation - 102 / Math.sqrt(3))).toBeLessThan(3);
});

it("the boxes have the wanted standard deviation as nearly as whole pixels allow", () => {
  for (const deviation of [2, 5, 15, 40]) {
    const width = 2 * boxReach(deviation) + 1;
    expect(Math.abs(Math.sqrt((3 * (width * width - 1)) / 12) - deviation)).toBeLessThan(1);
  }
  expect(boxReach(0)).toBe(0);
});

it("a shape with no pixel of the photo changes nothing", () => {
  const rgba = photo();
  applyEdit(rgba, SIZE, {shape: {kind: "rectangle", x: 1000, y: 0, width: 1, height: 1, outside: false}, effect: {kind: "grey"}});
  expect(rgba).toEqual(photo());
});
