/** Runs inside Chromium: the network's input as the live path makes it, against the engine's. */
import * as tf from "@tensorflow/tfjs-core";
import {activateBackend} from "../../../src/worker/backends.js";
import {liveDrawing} from "../../../src/worker/live/drawing.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {preprocess} from "../../preprocess.js";

/** The largest and the mean difference, and the shape, for a frame of a smooth scene with noise. */
export async function inputDifference(
  backend: BackendId,
  width: number,
  height: number,
  inputSize: number
): Promise<{shape: number[]; largest: number; mean: number}> {
  await activateBackend(backend);
  const scene = new OffscreenCanvas(width, height);
  const context = scene.getContext("2d", {willReadFrequently: true})!;
  const pixels = context.createImageData(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      pixels.data.set([128 + 100 * Math.sin(x / 9), 128 + 100 * Math.cos(y / 7), (x * 7 + y * 13) % 256, 255], at);
    }
  }
  context.putImageData(pixels, 0, 0);
  const drawing = liveDrawing(backend, {palette: [[0, 0, 0]]});
  const frame = await createImageBitmap(scene);
  const {input, fit} = drawing.take(frame, inputSize);
  frame.close();
  const expected = tf.tidy(() => preprocess(tf.tensor4d(pixels.data as never, [1, height, width, 4], "float32"), fit));
  const difference = tf.tidy(() => tf.abs(tf.sub(input, expected)));
  const largest = (await tf.max(difference).data())[0]!;
  const mean = (await tf.mean(difference).data())[0]!;
  const {shape} = input;
  drawing.renderer.dispose();
  tf.dispose([input, expected, difference]);
  return {shape, largest, mean};
}
