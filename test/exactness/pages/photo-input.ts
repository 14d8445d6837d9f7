/** Runs inside Chromium: the network's input from a photo's bytes, against the same from all its pixels as a tensor. */
import * as tf from "@tensorflow/tfjs-core";
import {photoInput} from "../../../src/engine/photo-input.js";
import {fitInput, pixelsToTensor, preprocess} from "../../../src/engine/preprocess.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";

/** How many values of the input differ by any bit, of how many, and how many different ones there are. */
export async function differing(
  backend: BackendId,
  height: number,
  width: number,
  inputSize: number
): Promise<{values: number; different: number; distinct: number}> {
  await activateBackend(backend);
  const next = pseudoRandom(height);
  const values = Uint8ClampedArray.from({length: height * width * 4}, () => Math.floor(256 * next()));
  const fit = fitInput(height, width, inputSize);
  const ours = photoInput({height, width, channels: 4, values}, fit);
  const expected = tf.tidy(() => preprocess(pixelsToTensor(values, height, width, 4), fit));
  const [a, b] = await Promise.all([ours.data(), expected.data()]);
  tf.dispose([ours, expected]);
  return {values: b.length, different: b.filter((value, i) => value !== a[i]).length, distinct: new Set(a).size};
}
