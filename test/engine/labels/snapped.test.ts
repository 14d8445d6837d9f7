import {expect, it} from "vitest";
import {snappedLabels} from "../../../src/engine/labels/snapped.js";

const [width, height] = [120, 90];

/** A photo, dark at the left of a slanted edge and light at its right. */
const edgeAt = (y: number) => 50 + y / 9;
const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
for (let y = 0; y < height; y++)
  for (let x = 0; x < width; x++) rgba.fill(x < edgeAt(y) ? 40 : 210, 4 * (y * width + x), 4 * (y * width + x) + 3);
const photo = {width, height, rgba};

/** Pixels that lie on the wrong side of the edge. */
const wrong = (labels: Uint8Array, left: number) =>
  labels.filter((id, index) => (id === left) !== (index % width) + 0.5 < edgeAt(Math.floor(index / width))).length;

it("draws an outline that was drawn beside an edge to the edge", () => {
  const drawn = new Uint8Array(width * height).map((_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return x < edgeAt(y) + 4 * Math.sin(y / 6) ? 3 : 255;
  });
  const snapped = snappedLabels(photo, drawn, 8);
  expect([...new Set(snapped)].sort()).toEqual([255, 3]);
  expect(wrong(drawn, 3)).toBeGreaterThan(200);
  expect(wrong(snapped, 3)).toBeLessThan(wrong(drawn, 3) / 4);
});

it("leaves what has one label, and what is far from any outline", () => {
  const one = new Uint8Array(width * height).fill(7);
  expect(Buffer.compare(snappedLabels(photo, one, 8), one)).toBe(0);
  const half = one.map((id, index) => (index % width < 20 ? 2 : id));
  const snapped = snappedLabels(photo, half, 4);
  expect(snapped.every((id, index) => Math.abs((index % width) - 20) <= 8 || id === half[index])).toBe(true);
});
