import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, expect, it} from "vitest";
import {photoLabels} from "../../src/train/photo-labels.js";
import {useBackend} from "../backend.js";

beforeAll(() => useBackend("cpu"));

it("leaves what stands beside a photo without a label", async () => {
  const before = tf.memory().numTensors;
  const mask = {width: 2, height: 1, ids: Uint8Array.from([3, 0])};
  const labels = photoLabels(mask, {width: 3, height: 2});
  expect(labels.shape).toEqual([1, 2, 3]);
  expect(Array.from(await labels.data())).toEqual([3, 0, 255, 255, 255, 255]);
  labels.dispose();
  expect(() => photoLabels(mask, {width: 1, height: 2})).toThrow("A mask of 2 × 1 pixels does not fit on an input of 1 × 2.");
  expect(tf.memory().numTensors).toBe(before);
});
