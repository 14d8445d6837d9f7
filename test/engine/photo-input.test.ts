import * as tf from "@tensorflow/tfjs-core";
import {describe, expect, it} from "vitest";
import {photoInput} from "../../src/engine/photo-input.js";
import {fitInput, halvings, pixelsToTensor, preprocess} from "../../src/engine/preprocess.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {useBackend} from "../backend.js";

/** Height, width, long side of the input, and how often the photo is halved on the way: odd sides, a row, no change of size. */
const CASES = [
  [40, 60, 60, 0],
  [33, 51, 129, 0],
  [120, 200, 129, 0],
  [100, 133, 65, 1],
  [241, 321, 65, 2],
  [257, 515, 33, 3],
  [1, 100, 33, 0]
] as const;

describe.each(["cpu", "wasm"] as const)("photoInput on %s", (backend) => {
  it.each(CASES)("equals preprocess on all pixels, bit by bit: %i x %i at %i, halved %i times", async (height, width, size, times) => {
    await useBackend(backend);
    const fit = fitInput(height, width, size);
    expect(halvings(height, width, fit)).toBe(times);
    for (const channels of [3, 4] as const) {
      const next = pseudoRandom(height + channels);
      const values = Uint8Array.from({length: height * width * channels}, () => Math.floor(256 * next()));
      const pixels = pixelsToTensor(values, height, width, channels);
      const before = tf.memory().numTensors;
      const ours = photoInput({height, width, channels, values}, fit);
      expect(tf.memory().numTensors).toBe(before + 1);
      const expected = preprocess(pixels, fit);
      expect(ours.shape).toEqual(expected.shape);
      expect(await ours.data()).toEqual(await expected.data());
      tf.dispose([pixels, ours, expected]);
    }
  });
});
