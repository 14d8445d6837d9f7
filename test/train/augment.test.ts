import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {pseudoRandom, seededValues} from "../../src/engine/seeded.js";
import {NO_AUGMENTATION, RELEASED_RANGES, augmented, drawAugmentation} from "../../src/train/augment.js";
import type {Augmentation} from "../../src/train/augment.js";
import {useBackend} from "../backend.js";

const [HEIGHT, WIDTH] = [9, 12];
const values = Uint8Array.from(seededValues(1, HEIGHT * WIDTH * 3), (value) => (value + 1) * 127);
const photo = {height: HEIGHT, width: WIDTH, channels: 3 as const, values};
const mask = {height: HEIGHT, width: WIDTH, ids: Uint8Array.from({length: HEIGHT * WIDTH}, (_, i) => (i % 7 === 0 ? 255 : i % 5))};
const PLAIN: Augmentation = {scale: 1, flip: false, down: 0, right: 0, brightness: 0, contrast: 1, saturation: 1};

async function cropped(change: Partial<Augmentation>, height: number, width: number) {
  const before = tf.memory().numTensors;
  const {input, labels} = augmented(photo, mask, {...PLAIN, ...change}, {height, width});
  expect([input.shape, labels.shape]).toEqual([
    [1, height, width, 3],
    [1, height, width]
  ]);
  const read = {pixels: [...(await input.data())], ids: [...(await labels.data())]};
  tf.dispose([input, labels]);
  expect(tf.memory().numTensors).toBe(before);
  return read;
}

const expectNear = (found: readonly number[], expected: readonly number[]) =>
  found.forEach((value, i) => expect(Math.abs(value - expected[i]!), `value ${i}`).toBeLessThan(1e-4));

describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("cuts a crop out of what is larger, mirrored or not", async () => {
    const at = (y: number, x: number) => (2 + y) * WIDTH + 3 + x;
    for (const flip of [false, true]) {
      const {pixels, ids} = await cropped({flip, down: 2.5 / 5, right: 3.5 / 8}, 5, 5);
      const places = Array.from({length: 25}, (_, i) => at(Math.floor(i / 5), flip ? 4 - (i % 5) : i % 5));
      expect(ids).toEqual(places.map((place) => mask.ids[place]!));
      expectNear(
        pixels,
        places.flatMap((place) => [0, 1, 2].map((c) => values[place * 3 + c]! / 127.5 - 1))
      );
    }
  });

  it("keeps the last row and column of what fits exactly, and pads what is smaller with mid grey that counts nothing", async () => {
    const whole = await cropped({down: 0.9, right: 0.9}, HEIGHT, WIDTH);
    expect(whole.ids).toEqual([...mask.ids]);
    const {pixels, ids} = await cropped({brightness: 0.1, down: 0.9, right: 0.9}, HEIGHT + 2, WIDTH);
    expect(ids.slice(0, HEIGHT * WIDTH)).toEqual([...mask.ids]);
    expect(new Set(ids.slice(HEIGHT * WIDTH))).toEqual(new Set([255]));
    expectNear(pixels.slice(HEIGHT * WIDTH * 3), new Array<number>(2 * WIDTH * 3).fill(0));
  });

  it("scales with corners aligned, labels by their nearest", async () => {
    // 9 x 12 becomes 17 x 23: every other cell is one of the photo.
    const {pixels, ids} = await cropped({scale: 1.9}, 17, 23);
    const [y, x] = [4, 5];
    const at = (row: number, column: number, c: number) => values[(row * WIDTH + column) * 3 + c]! / 127.5 - 1;
    expect(ids[2 * y * 23 + 2 * x]).toBe(mask.ids[y * WIDTH + x]);
    expectNear(
      [0, 1, 2].map((c) => pixels[((2 * y + 1) * 23 + 2 * x) * 3 + c]!),
      [0, 1, 2].map((c) => (at(y, x, c) + at(y + 1, x, c)) / 2)
    );
    expect(ids.filter((id) => !mask.ids.includes(id))).toEqual([]);
  });

  it("changes colours as it says", async () => {
    const {pixels} = await cropped({brightness: 0.05, contrast: 0.5, saturation: 0}, 2, 2);
    const grey = (values[0]! + values[1]! + values[2]!) / 3;
    expectNear(pixels.slice(0, 3), new Array<number>(3).fill((0.5 * (grey - 127.5) + 0.05 * 255) / 127.5));
  });
});

it("draws from its ranges, and the same from the same chance", () => {
  const ranges = {...RELEASED_RANGES, colour: 0.2};
  const drawn = Array.from({length: 200}, (_, seed) => drawAugmentation(ranges, pseudoRandom(seed)));
  const scales = drawn.map(({scale}) => scale);
  expect(Math.min(...scales)).toBeGreaterThanOrEqual(0.5);
  expect(Math.min(...scales)).toBeLessThan(0.6);
  expect(Math.max(...scales)).toBeGreaterThan(1.9);
  expect(Math.max(...scales)).toBeLessThan(2);
  expect(Math.max(...drawn.map(({contrast}) => Math.abs(contrast - 1)))).toBeLessThanOrEqual(0.2);
  expect(drawn.filter(({flip}) => flip).length).toBeGreaterThan(70);
  expect(drawAugmentation(ranges, pseudoRandom(7))).toEqual(drawn[7]);
  const {down, right, ...rest} = drawAugmentation(NO_AUGMENTATION, pseudoRandom(3));
  expect(rest).toEqual({scale: 1, flip: false, brightness: 0, contrast: 1, saturation: 1});
  expect(down).not.toBe(right);
});

it("says where photo and mask differ", () => {
  expect(() => augmented(photo, {...mask, height: 8}, PLAIN, {height: 5, width: 5})).toThrow("12 × 9 pixels and its mask 12 × 8");
});
