/** Runs inside Chromium: the network's input from a photo's bytes, against the same from all its pixels as a tensor. */
import * as tf from "@tensorflow/tfjs-core";
import {photoInput} from "../../../src/engine/photo-input.js";
import {fitInput, pixelsToTensor} from "../../../src/engine/preprocess.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {preprocess} from "../../preprocess.js";

/** How many values of the input differ by any bit, of how many, by how much at most, and how many different ones there are. */
export async function differing(
  backend: BackendId,
  height: number,
  width: number,
  inputSize: number
): Promise<{values: number; different: number; largest: number; distinct: number}> {
  await activateBackend(backend);
  const next = pseudoRandom(height);
  const values = Uint8ClampedArray.from({length: height * width * 4}, () => Math.floor(256 * next()));
  const fit = fitInput(height, width, inputSize);
  const ours = photoInput({height, width, channels: 4, values}, fit);
  const expected = tf.tidy(() => preprocess(pixelsToTensor(values, height, width, 4), fit));
  const [a, b] = await Promise.all([ours.data(), expected.data()]);
  tf.dispose([ours, expected]);
  const differences = b.map((value, i) => Math.abs(value - a[i]!));
  return {
    values: b.length,
    different: differences.filter((by) => by > 0).length,
    largest: Math.max(...differences),
    distinct: new Set(a).size
  };
}
