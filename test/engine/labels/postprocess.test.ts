import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {classShares, logitsAt, softmaxAt} from "../../../src/engine/labels/pixel.js";
import {covered, labelMap, upsampleLogits} from "../../../src/engine/labels/postprocess.js";
import {fitInput} from "../../../src/engine/preprocess.js";
import {useBackend} from "../../backend.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";

beforeAll(() => useBackend("wasm"));

function randomLogits(height: number, width: number, classes: number) {
  const next = pseudoRandom(3);
  const values = Float32Array.from({length: height * width * classes}, () => next() * 10 - 5);
  return {tensor: tf.tensor4d(values.slice(), [1, height, width, classes]), array: {height, width, classes, values}};
}

describe("labelMap", () => {
  it.each([
    ["that fills its input", fitInput(513, 513, 513), 130, 130],
    ["that is padded below", fitInput(333, 500, 513), 101, 150],
    ["of one row", fitInput(1, 400, 513), 1, 400],
    ["of one pixel", fitInput(1, 1, 257), 1, 1]
  ])("is the argmax of the interpolated logits for a photo %s", async (_, fit, height, width) => {
    const rows = Math.ceil(fit.height / 16);
    const columns = Math.ceil(fit.width / 16);
    const {tensor, array} = randomLogits(rows, columns, 7);
    const extent = covered(fit);
    const labels = labelMap(tensor, extent, height, width);
    const upsampled = upsampleLogits(tensor, extent, height, width);
    const got = await labels.data();
    const all = await upsampled.data();
    // Independent: where the photo's pixel lies in the logits, by the definition of aligned corners.
    const at = (index: number, size: number, resized: number) => (size > 1 ? (index / (size - 1)) * (resized - 1) : 0) / 16;
    let near = 0;
    let apart = 0;
    const wrong: number[] = [];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const point = logitsAt(array, at(y, height, fit.resizedHeight), at(x, width, fit.resizedWidth));
        const pixel = y * width + x;
        // Math.max hands a NaN on.
        point.forEach((value, c) => (apart = Math.max(apart, Math.abs(all[pixel * 7 + c]! - value))));
        const sorted = point.toSorted().reverse();
        if (sorted[0]! - sorted[1]! < 1e-3) near++;
        else if (got[pixel] !== point.indexOf(sorted[0]!)) wrong.push(pixel);
      }
    }
    expect(apart).toBeLessThan(2e-4);
    expect(wrong).toEqual([]);
    expect(near / (height * width)).toBeLessThan(0.01);
    tf.dispose([tensor, labels, upsampled]);
  });

  it("is the same in bands as whole", async () => {
    const {tensor} = randomLogits(9, 9, 21);
    const whole = tf.tidy(() => tf.argMax(tf.image.resizeBilinear(tensor, [700, 900], true), 3));
    const banded = labelMap(tensor, {height: 1, width: 1}, 700, 900);
    const [a, b] = [await whole.data(), await banded.data()];
    let different = 0;
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) different++;
    // The two routes round differently where two classes are within 1e-6 of each other.
    expect(different / a.length).toBeLessThan(1e-4);
    tf.dispose([tensor, whole, banded]);
  });
});

describe("softmaxAt", () => {
  const logits = {height: 1, width: 2, classes: 2, values: Float32Array.from([0, Math.log(3), Math.log(9), 0])};
  it("is the softmax of the logits there", () => {
    expect([...softmaxAt(logits, 0, 0)]).toEqual([expect.closeTo(0.25, 6), expect.closeTo(0.75, 6)]);
    expect([...softmaxAt(logits, 0, 1)]).toEqual([expect.closeTo(0.9, 6), expect.closeTo(0.1, 6)]);
  });
  it("interpolates logits, not probabilities: half way the odds are the geometric mean", () => {
    const [first, second] = softmaxAt(logits, 0, 0.5);
    expect(first! / second!).toBeCloseTo(Math.sqrt((1 / 3) * 9), 5);
  });
  it("clamps outside the map and does not overflow", () => {
    expect(softmaxAt(logits, 5, 9)).toEqual(softmaxAt(logits, 0, 1));
    expect([...softmaxAt({...logits, values: Float32Array.from([1e4, 0, 0, 0])}, 0, 0)]).toEqual([1, 0]);
  });
});

it("classShares counts pixels and leaves out the ignore label", () => {
  expect([...classShares(Uint8Array.from([0, 0, 2, 255]), 3)]).toEqual([0.5, 0, 0.25]);
});
