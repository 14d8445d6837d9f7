import {describe, expect, it} from "vitest";
import {labelsFromLogits} from "../../../src/engine/labels/labels.js";
import {guideColours, keptShare, labelsAlongEdges, smoothLogits} from "../../../src/engine/labels/live-logits.js";
import type {Pixels} from "../../../src/engine/labels/live-logits.js";
import {seededValues} from "../../../src/engine/seeded.js";

const ALL = {height: 1, width: 1};

/** A frame with one grey for each pixel, 0-255. */
function frame(width: number, height: number, grey: (x: number, y: number) => number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set([grey(x, y), grey(x, y), grey(x, y), 255], (y * width + x) * 4);
  return {width, height, data};
}

describe("the colours of the cells", () => {
  it("are the frame's where it has one colour", () => {
    const guide = guideColours(
      frame(33, 17, () => 51),
      {height: 3, width: 5},
      ALL
    );
    expect(guide).toHaveLength(3 * 5 * 3);
    for (const value of guide) expect(value).toBeCloseTo(0.2, 6);
  });

  it("are the mean of both sides on an edge, and of one side a cell away from it", () => {
    // Corner-aligned cells at pixels 0, 10, 20, 30, 40 of 41; the edge runs through the third.
    const guide = guideColours(
      frame(41, 41, (x) => (x < 20 ? 0 : 255)),
      {height: 5, width: 5},
      ALL
    );
    const row = Array.from({length: 5}, (_, x) => guide[(2 * 5 + x) * 3]!);
    expect(row[1]).toBe(0);
    expect(row[2]).toBeCloseTo(0.5, 0);
    expect(row[3]).toBe(1);
  });

  it("count only what the frame covers of the grid", () => {
    // The frame ends at the middle column; cells beyond repeat its last pixels.
    const guide = guideColours(
      frame(40, 10, (x) => (x < 20 ? 0 : 255)),
      {height: 3, width: 5},
      {height: 1, width: 0.5}
    );
    expect([0, 2, 4].map((x) => guide[x * 3])).toEqual([0, 1, 1]);
  });
});

describe("smoothing", () => {
  const size = {height: 3, width: 3, classes: 2};
  const grey = new Float32Array(27).fill(0.5);

  it("keeps e^-1 of what was there after 180 ms", () => expect(keptShare(180)).toBeCloseTo(Math.exp(-1), 12));

  it("blends where nothing moves", () => {
    const values = new Float32Array(18).fill(10);
    smoothLogits({...size, values}, new Float32Array(18).fill(20), {now: grey, before: grey}, 0.25);
    for (const value of values) expect(value).toBeCloseTo(12.5, 5);
  });

  it("keeps nothing at a cell that changed, nor beside it", () => {
    const moved = grey.slice();
    moved.fill(1, 0, 3);
    const values = new Float32Array(18).fill(10);
    smoothLogits({...size, values}, new Float32Array(18).fill(20), {now: moved, before: grey}, 0.5);
    // The first cell moved: it and its neighbours are as the frame says; the rest is blended.
    const first = Array.from({length: 9}, (_, cell) => values[cell * 2]);
    expect(first).toEqual([10, 10, 15, 10, 10, 15, 15, 15, 15]);
  });
});

describe("labels along edges", () => {
  /** Two classes: the first on the left, the second on the right of five columns, undecided in the middle. */
  const halves = {
    height: 3,
    width: 5,
    classes: 2,
    values: Float32Array.from({length: 30}, (_, index) => [4, 4, 0, -4, -4][Math.floor(index / 2) % 5]! * (index % 2 ? -1 : 1))
  };

  it("follow an edge of the frame that lies beside the border of the logits", () => {
    const edge = 26;
    const picture = frame(41, 21, (x) => (x < edge ? 40 : 220));
    const guide = guideColours(picture, halves, ALL);
    const border = (labels: Uint8Array) => labels.subarray(41 * 10, 41 * 11).indexOf(1);
    expect(border(labelsFromLogits(halves, ALL, 21, 41))).toBe(21);
    expect(Math.abs(border(labelsAlongEdges(halves, ALL, picture, guide)) - edge)).toBeLessThanOrEqual(1);
  });

  it("are those of the plain formula at every pixel", () => {
    const [height, width, classes] = [4, 5, 3];
    const values = Float32Array.from(seededValues(7, height * width * classes), (value) => value * 6);
    const extent = {height: 0.8, width: 1};
    const noise = seededValues(8, 23 * 31);
    const picture = frame(31, 23, (x, y) => 128 + 60 * noise[y * 31 + x]!);
    const guide = guideColours(picture, {height, width}, extent);
    const labels = labelsAlongEdges({height, width, classes, values}, extent, picture, guide);

    let decided = 0;
    const inside = (cell: number, cells: number) => Math.min(Math.max(cell, 0), cells - 1);
    for (let y = 0; y < 23; y++) {
      for (let x = 0; x < 31; x++) {
        const atY = (y / 22) * 0.8 * 3;
        const atX = (x / 30) * 4;
        const sums = [0, 0, 0];
        for (let j = Math.floor(atY) - 1; j <= Math.floor(atY) + 2; j++) {
          for (let i = Math.floor(atX) - 1; i <= Math.floor(atX) + 2; i++) {
            const cell = inside(j, height) * width + inside(i, width);
            const near = ((j - atY) ** 2 + (i - atX) ** 2) / 0.45 ** 2;
            const unlike = [0, 1, 2].reduce(
              (sum, c) => sum + ((guide[cell * 3 + c]! - picture.data[(y * 31 + x) * 4 + c]! / 255) / 0.2) ** 2,
              0
            );
            const weight = Math.exp(-(near + unlike) / 2) + 1e-6 * Math.exp(-near / 2);
            for (let c = 0; c < classes; c++) sums[c]! += weight * values[cell * classes + c]!;
          }
        }
        const sorted = sums.toSorted((a, b) => b - a);
        // Rounding may decide a tie.
        if (sorted[0]! - sorted[1]! <= 1e-9) continue;
        decided++;
        expect(labels[y * 31 + x], `pixel ${x}, ${y}`).toBe(sums.indexOf(sorted[0]!));
      }
    }
    expect(decided).toBeGreaterThan(700);
  });
});
