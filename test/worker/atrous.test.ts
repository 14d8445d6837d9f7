import {expect, it} from "vitest";
import {atrous} from "../../src/worker/demonstrations/atrous.js";
import {useBackend} from "../backend.js";

it("deals the photo's cells out to tiles, each every rate-th of a side, and marks what only fills them up", async () => {
  await useBackend("cpu");
  const [size, rate] = [5, 2];
  const input = {height: size, width: size, values: Float32Array.from({length: size ** 2}, (_, i) => i)};
  const kernel = {height: 3, width: 3, values: new Float32Array(9).fill(1)};
  const {tiles} = (await atrous({input, kernel, rate, stride: 1, padding: "same"})).spaceToBatch;
  const side = Math.ceil(size / rate);
  expect([tiles.side, tiles.height, tiles.width]).toEqual([side, rate * side, rate * side]);
  const found = new Set<number>();
  tiles.values.forEach((value, index) => {
    const [row, column] = [Math.floor(index / tiles.width), index % tiles.width];
    const [y, x] = [(row % side) * rate + Math.floor(row / side), (column % side) * rate + Math.floor(column / side)];
    if (Math.max(y, x) >= size) expect(value).toBeNaN();
    else expect(value).toBe(y * size + x);
    found.add(value);
  });
  // All 25 cells and NaN.
  expect(found.size).toBe(26);
});
