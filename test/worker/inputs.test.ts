import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, expect, it} from "vitest";
import type {Photo} from "../../src/engine/photo.js";
import {keptInputs} from "../../src/worker/inputs.js";
import {useBackend} from "../backend.js";

const SMALL = {resizedHeight: 3, resizedWidth: 4, height: 5, width: 5};
const LARGE = {resizedHeight: 6, resizedWidth: 8, height: 9, width: 9};

beforeAll(() => useBackend("cpu"));

function grey(value: number): Photo {
  return {width: 4, height: 3, rgba: new Uint8ClampedArray(4 * 3 * 4).fill(value)};
}

it("is made once for a photo in a size, and anew for another of either, as many as are kept", async () => {
  const before = tf.memory().numTensors;
  const inputs = keptInputs(2);
  const [photo, other] = [grey(10), grey(200)];
  const first = await inputs.of(photo, SMALL);
  expect(await inputs.of(photo, {...SMALL})).toBe(first);
  const larger = await inputs.of(photo, LARGE);
  expect(larger.shape).toEqual([1, 9, 9, 3]);
  expect(await inputs.of(photo, SMALL)).toBe(first);

  const others = await inputs.of(other, SMALL);
  expect(Array.from(await others.data())[0]).toBeCloseTo(200 / 127.5 - 1, 6);
  // Of the three that which was not asked for longest is gone.
  expect([first, larger, others].map(({isDisposed}) => isDisposed)).toEqual([false, true, false]);
  expect(await inputs.of(photo, SMALL)).toBe(first);
  inputs.clear();
  expect(tf.memory().numTensors).toBe(before);
});
