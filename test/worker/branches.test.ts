import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, expect, it} from "vitest";
import {seededValues} from "../../src/engine/seeded.js";
import {branches} from "../../src/worker/demonstrations/branches.js";
import type {BranchesInput} from "../../src/worker/demonstrations/branches.js";
import {useBackend} from "../backend.js";
import {tinyWhole} from "../exactness/tiny.js";

beforeAll(() => useBackend("wasm"));

const SIDE = 17;
/** The first channel says which pixels are of which class. */
const photo = (seed: number) => {
  const values = seededValues(seed, 25 * 4);
  const ids = Uint8Array.from({length: SIDE * SIDE}, (_, pixel) =>
    values[4 * (5 * Math.round(Math.floor(pixel / SIDE) / 4) + Math.round((pixel % SIDE) / 4))]! > 0 ? 1 : 0
  );
  return {features: {height: 5, width: 5, channels: 4, values}, labels: {width: SIDE, height: SIDE, ids}};
};
const photos = [photo(1), photo(2)];
const input: BranchesInput = {
  network: tinyWhole,
  features: photos.map(({features}) => features),
  labels: photos.map(({labels}) => labels),
  rates: [1, 2],
  channels: 6,
  from: null,
  steps: 0,
  of: 40,
  rate: 0.02,
  seed: 3,
  shown: 1
};

it("ASPP begins where no class is likelier than another, and learns", async () => {
  const before = tf.memory().numTensors;
  const start = await branches(input);
  expect(tf.memory().numTensors).toBe(before);
  expect(start.loss).toBeCloseTo(Math.log(tinyWhole.classes), 1);
  expect(start.branches.map(({name}) => name)).toEqual(["image_pooling", "atrous_0", "atrous_1"]);
  expect(start.branches.reduce((sum, {share}) => sum + share, 0)).toBeCloseTo(1, 5);

  const end = await branches({...input, from: start.state, steps: 40});
  expect(end.state.step).toBe(40);
  expect(end.loss).toBeLessThan(0.5 * start.loss);
  const right = end.mask.filter((id, pixel) => id === photos[1]!.labels.ids[pixel]).length / end.mask.length;
  expect(right).toBeGreaterThan(0.75);
  // What sees places is worth something, and one colour is all that pooling alone can paint.
  expect(Math.max(...end.branches.map(({muted}) => muted))).toBeGreaterThan(end.loss);
  expect(new Set(end.branches[0]!.mask).size).toBe(1);
});

it("in pieces it learns what it learns at once, to the bit", async () => {
  const once = await branches({...input, steps: 4});
  const half = await branches({...input, steps: 2});
  const twice = await branches({...input, from: half.state, steps: 2});
  expect(twice.state).toEqual(once.state);
});

it("says which rates are missing", async () => {
  await expect(branches({...input, rates: [1]})).rejects.toThrow("This head has 2 atrous branches and is given 1 rates.");
});
