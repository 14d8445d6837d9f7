import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {averagedLabels, averagedProbabilities} from "../../src/engine/labels/averaged.js";
import {covered, labelMap} from "../../src/engine/labels/postprocess.js";
import {ONE_PASS} from "../../src/engine/averaging.js";
import {runPasses} from "../../src/engine/passes.js";
import type {Averaging} from "../../src/engine/averaging.js";
import type {PassesOptions} from "../../src/engine/passes.js";
import {photoInput} from "../../src/engine/photo-input.js";
import type {Pixels} from "../../src/engine/photo-input.js";
import {plan} from "../../src/engine/plan.js";
import {fitInput} from "../../src/engine/preprocess.js";
import {run} from "../../src/engine/run.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {loadWeights} from "../../src/engine/weights.js";
import type {DeviceWeights} from "../../src/engine/weights.js";
import {useBackend} from "../backend.js";
import {complete, randomWeights} from "./networks.js";

const SETTING = {outputStride: 16, inputSize: 65};
const BOTH: Averaging = {scales: [0.5, 1], flip: true};

let weights: DeviceWeights;
beforeAll(async () => {
  await useBackend("wasm");
  weights = loadWeights({network: complete, weights: randomWeights(complete)});
  return () => weights.dispose();
});

function somePhoto(height: number, width: number): Pixels {
  const next = pseudoRandom(3);
  return {height, width, channels: 3, values: Uint8Array.from({length: height * width * 3}, () => 255 * next())};
}

function mirrored(photo: Pixels): Pixels {
  const {height, width, channels, values} = photo;
  return {...photo, values: Uint8Array.from(mirroredValues(values, height, width, channels))};
}

function mirroredValues(values: ArrayLike<number>, height: number, width: number, channels: number): number[] {
  return Array.from({length: height * width * channels}, (_, i) => {
    const [row, column] = [Math.floor(i / (width * channels)), Math.floor(i / channels) % width];
    return values[(row * width + width - 1 - column) * channels + (i % channels)]!;
  });
}

const passesOf = (photo: Pixels, averaging: Averaging, options?: PassesOptions) =>
  runPasses(complete, weights, photo, SETTING, averaging, options);

/** Largest difference of two lists. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}

describe("runPasses", () => {
  it("at scale 1 alone is the single run, and its label map is that of the logits: to the bit", async () => {
    const photo = somePhoto(50, 80);
    const fit = fitInput(50, 80, 65);
    const single = tf.tidy(() => {
      const {logits} = run(plan(complete, {height: fit.height, width: fit.width, outputStride: 16}), weights, photoInput(photo, fit));
      return [logits.dataSync(), labelMap(logits, covered(fit), 50, 80).dataSync()];
    });
    const passes = await passesOf(photo, ONE_PASS);
    expect(passes).toHaveLength(1);
    expect(await passes[0]!.logits.data()).toEqual(single[0]);
    expect([...(await averagedLabels(passes, 50, 80))]).toEqual([...single[1]!]);
    passes[0]!.logits.dispose();
  });

  it("makes each scale's input from the photo, the plain pass first, and says which pass it is at", async () => {
    const said: string[] = [];
    const passes = await passesOf(
      somePhoto(65, 65),
      {scales: [0.5, 1, 2], flip: true},
      {onPass: (number, of) => said.push(`${number} of ${of}`)}
    );
    expect(passes.map(({plan: {inputHeight}}) => inputHeight)).toEqual([65, 65, 33, 33, 129, 129]);
    expect(said).toEqual(["1 of 6", "2 of 6", "3 of 6", "4 of 6", "5 of 6", "6 of 6"]);
    tf.dispose(passes.map(({logits}) => logits));
  });

  it("says of a mirrored photo what it says of the photo, mirrored; a single pass does not", async () => {
    const photo = somePhoto(65, 65);
    const probabilities = async (of: Pixels, averaging: Averaging) => {
      const passes = await passesOf(of, averaging);
      const found = await averagedProbabilities(passes, 65, 65);
      tf.dispose(passes.map(({logits}) => logits));
      return found;
    };
    const turned = async (averaging: Averaging) => mirroredValues(await probabilities(mirrored(photo), averaging), 65, 65, 5);
    expect(apart(await turned(BOTH), await probabilities(photo, BOTH))).toBeLessThan(1e-5);
    expect(apart(await turned(ONE_PASS), await probabilities(photo, ONE_PASS))).toBeGreaterThan(1e-3);
  });

  it("takes the plain pass over where it was run already, and leaves it to the caller", async () => {
    const photo = somePhoto(65, 65);
    const [plain] = await passesOf(photo, ONE_PASS);
    const marked = {...plain!, logits: tf.zerosLike(plain!.logits)};
    const [first, second] = await passesOf(photo, {scales: [1], flip: true}, {plain: marked});
    expect(Math.max(...(await first!.logits.data()))).toBe(0);
    expect(Math.max(...(await second!.logits.data()))).not.toBe(0);
    tf.dispose([first!.logits, second!.logits]);
    expect(marked.logits.isDisposed).toBe(false);
    tf.dispose([plain!.logits, marked.logits]);
  });

  it("can be stopped between two passes, and then leaves nothing behind", async () => {
    const {numTensors} = tf.memory();
    const controller = new AbortController();
    const stopped = passesOf(somePhoto(65, 65), BOTH, {
      signal: controller.signal,
      onPass: (number) => number === 3 && controller.abort()
    });
    await expect(stopped).rejects.toThrow(expect.objectContaining({name: "AbortError"}) as Error);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it.each([[[]], [[1, 1]], [[0]], [[-1]], [[NaN]], [[5]]])("takes no scales %j", async (scales) => {
    await expect(passesOf(somePhoto(33, 33), {scales, flip: false})).rejects.toThrow(RangeError);
  });
});

describe("the mean of passes", () => {
  /** Logits of a photo of one row, a pixel a cell, from probabilities. */
  const saying = (...pixels: number[][]) => ({
    logits: tf.tensor4d([[pixels.map((probabilities) => probabilities.map(Math.log))]]),
    extent: {height: 1, width: 1}
  });

  it("is of probabilities, not of logits", async () => {
    // At the first pixel the third pass is so sure that the mean of the logits would be the second class.
    const passes = [saying([0.75, 0.25], [0.5, 0.5]), saying([0.75, 0.25], [0.1, 0.9]), saying([0.01, 0.99], [0.3, 0.7])];
    const mean = await averagedProbabilities(passes, 1, 2);
    expect(apart(mean, [1.51 / 3, 1.49 / 3, 0.9 / 3, 2.1 / 3])).toBeLessThan(1e-6);
    expect([...(await averagedLabels(passes, 1, 2))]).toEqual([0, 1]);
  });

  it("of a large photo is read back in bands of rows, and ends between two of them", async () => {
    // A band of two rows and one of one.
    const [height, width] = [3, 1_500_000];
    const passes = [saying([0.9, 0.1], [0.2, 0.8], [0.7, 0.3])];
    let rests = 0;
    const labels = await averagedLabels(passes, height, width, {rest: async () => void rests++});
    expect(rests).toBe(2);
    expect([0, 1, 2].map((row) => [0, width / 2, width - 1].map((column) => labels[row * width + column]))).toEqual(
      Array(3).fill([0, 1, 0])
    );

    const controller = new AbortController();
    const stopped = averagedLabels(passes, height, width, {signal: controller.signal, rest: async () => controller.abort()});
    await expect(stopped).rejects.toThrow(expect.objectContaining({name: "AbortError"}) as Error);
  });
});
