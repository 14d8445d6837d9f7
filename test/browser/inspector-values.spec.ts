import {readFile} from "node:fs/promises";
import {expect, test} from "@playwright/test";
import {rgb} from "d3-color";
import {interpolateViridis} from "d3-scale-chromatic";
import {decode} from "fast-png";
import {parse} from "npyjs";
import {tapInNode} from "./reference.js";
import {PHOTO, Workbench} from "./workbench-page.js";

const RUN = {model: "nano", outputStride: 16, inputSize: 257};
const LAYER = "backbone/block_05/expand";
const CHANNEL = 7;

test("what the grid, the files and the pointer say of a layer is what the engine holds there", async ({page}) => {
  const tap = await tapInNode(PHOTO, {...RUN, layer: LAYER});
  const [, height, width, channels] = tap.shape as [number, number, number, number];
  const valueAt = (row: number, column: number, channel: number) => tap.values[(row * width + column) * channels + channel]!;

  const bench = await new Workbench(page).open();
  await bench.choose(PHOTO);
  await bench.changes(() => page.getByRole("list", {name: "Layers"}).getByRole("button", {name: LAYER}).click());
  const grid = page.getByRole("grid", {name: "Feature maps"});
  const cell = grid.getByRole("gridcell", {name: new RegExp(`^Channel ${CHANNEL}\\b`)});

  await test.step("the pointer's value", async () => {
    for (const position of [
      [0.1, 0.2],
      [0.5, 0.5],
      [0.9, 0.7]
    ] as const) {
      await cell.scrollIntoViewIfNeeded();
      const box = (await cell.boundingBox())!;
      await page.mouse.move(box.x + position[0] * box.width, box.y + position[1] * Math.min(box.height, box.width));
      const said = await page.getByRole("group", {name: "Under the pointer"}).innerText();
      const [channel, row, column, value] = said.match(/-?\d+(\.\d+)?/g)!.map(Number) as [number, number, number, number];
      expect(channel).toBe(CHANNEL);
      expect(Math.abs(value - valueAt(row, column, channel))).toBeLessThan(1e-4);
    }
  });

  await cell.click();
  await expect(page).toHaveURL(new RegExp(`layer=${encodeURIComponent(LAYER)}.*channel=${CHANNEL}`));
  const download = async (name: string) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name}).click()]);
    return readFile((await file.path())!);
  };

  await test.step("the tensor's file, as another reader opens it", async () => {
    const bytes = await download("Tensor as .npy");
    const {data, shape} = parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
    expect(shape).toEqual(tap.shape);
    expect(apart(data as unknown as Float32Array, tap.values)).toBeLessThan(1e-4);
  });

  await test.step("the map's picture, coloured by d3 in the test", async () => {
    // A layer behind a ReLU6: dark for its smallest value, light for its largest.
    const low = tap.values.reduce((a, b) => Math.min(a, b));
    const high = tap.values.reduce((a, b) => Math.max(a, b));
    const image = decode(await download("Map as PNG"));
    expect([image.width, image.height]).toEqual([width, height]);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const {r, g, b} = rgb(interpolateViridis((valueAt(row, column, CHANNEL) - low) / (high - low)));
        const at = (row * width + column) * image.channels;
        // The page has 257 shades.
        expect(apart(image.data.slice(at, at + 3), [r, g, b])).toBeLessThanOrEqual(3);
      }
    }
  });
  expect(bench.problems).toEqual([]);
});

function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
