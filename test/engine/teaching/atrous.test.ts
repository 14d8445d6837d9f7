import * as tf from "@tensorflow/tfjs-core";
import {describe, expect, it} from "vitest";
import {
  atrousConvolution,
  throughSpaceToBatch,
  validTapShares,
  withZerosBetweenTaps,
  zerosBetweenTaps
} from "../../../src/engine/teaching/atrous.js";
import {effectiveExtent, outputSize, paddingOf} from "../../../src/engine/padding.js";
import type {AtrousOptions} from "../../../src/engine/padding.js";
import {useBackend} from "../../backend.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";

describe("effectiveExtent", () => {
  it.each([
    [3, 1, 3],
    [3, 2, 5],
    [3, 3, 7],
    [3, 6, 13],
    [3, 18, 37],
    [5, 1, 5],
    [1, 24, 1]
  ])("of %i taps at rate %i is %i", (taps, rate, extent) => {
    expect(effectiveExtent(taps, rate)).toBe(extent);
  });
});

describe("paddingOf and outputSize", () => {
  it("are those of TensorFlow's tables", () => {
    expect(paddingOf(12, 5, {rate: 1, stride: 1, padding: "valid"})).toEqual({before: 0, after: 0});
    expect(outputSize(12, 5, {rate: 1, stride: 1, padding: "valid"})).toBe(8);
    // 224 with a 3x3 at stride 2: one row after and none before.
    expect(paddingOf(224, 3, {rate: 1, stride: 2, padding: "same"})).toEqual({before: 0, after: 1});
    expect(outputSize(224, 3, {rate: 1, stride: 2, padding: "same"})).toBe(112);
    expect(outputSize(49, 3, {rate: 24, stride: 1, padding: "valid"})).toBe(1);
    expect(outputSize(40, 3, {rate: 24, stride: 1, padding: "valid"})).toBe(0);
  });
});

/** y[i, j] = sum x[i*s + r*a - before, ...] w[a, b], written out, with zeros outside. */
function byHand(
  x: Float32Array,
  height: number,
  width: number,
  kernel: Float32Array,
  taps: number,
  {rate, stride, padding}: AtrousOptions
): number[] {
  const reach = (taps - 1) * rate + 1;
  const side = (size: number) => (padding === "same" ? Math.ceil(size / stride) : Math.ceil((size - reach + 1) / stride));
  const before = (size: number) => (padding === "same" ? Math.floor(Math.max(0, (side(size) - 1) * stride + reach - size) / 2) : 0);
  const out: number[] = [];
  for (let i = 0; i < side(height); i++) {
    for (let j = 0; j < side(width); j++) {
      let sum = 0;
      for (let a = 0; a < taps; a++) {
        for (let b = 0; b < taps; b++) {
          const row = i * stride + a * rate - before(height);
          const column = j * stride + b * rate - before(width);
          if (row >= 0 && row < height && column >= 0 && column < width) sum += x[row * width + column]! * kernel[a * taps + b]!;
        }
      }
      out.push(sum);
    }
  }
  return out;
}

describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
  const next = pseudoRandom(11);
  const [height, width] = [19, 23];
  const x = Float32Array.from({length: height * width}, () => next() - 0.5);
  const w = Float32Array.from({length: 9}, () => next() - 0.5);

  it.each([
    {rate: 1, stride: 1, padding: "same"},
    {rate: 2, stride: 1, padding: "same"},
    {rate: 7, stride: 1, padding: "valid"},
    {rate: 18, stride: 1, padding: "same"},
    {rate: 24, stride: 3, padding: "same"},
    {rate: 3, stride: 2, padding: "valid"}
  ] as AtrousOptions[])("the three ways agree with sums written out, at $rate, stride $stride, $padding", async (options) => {
    await useBackend(backend);
    const input = tf.tensor4d(x.slice(), [1, height, width, 1]);
    const kernel = tf.tensor4d(w.slice(), [3, 3, 1, 1]);
    const before = tf.memory().numTensors;
    const results = [atrousConvolution, withZerosBetweenTaps, throughSpaceToBatch].map((way) => way(input, kernel, options));
    expect(tf.memory().numTensors).toBe(before + 3);
    const expected = byHand(x, height, width, w, 3, options);
    for (const result of results) {
      const values = await result.data();
      expect(values).toHaveLength(expected.length);
      values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    }
    tf.dispose([input, kernel, ...results]);
  });

  it("a kernel of one row works too", async () => {
    await useBackend(backend);
    const input = tf.tensor4d([1, 2, 3, 4, 5, 6, 7], [1, 1, 7, 1]);
    const kernel = tf.tensor4d([1, 10, 100], [1, 3, 1, 1]);
    for (const way of [atrousConvolution, withZerosBetweenTaps, throughSpaceToBatch]) {
      expect([...(await way(input, kernel, {rate: 2, stride: 1, padding: "valid"}).data())]).toEqual([531, 642, 753]);
    }
  });
});

it("puts rate - 1 zeros between taps", async () => {
  await useBackend("cpu");
  const kernel = tf.tensor4d([1, 2, 3, 4], [2, 2, 1, 1]);
  expect([...(await zerosBetweenTaps(kernel, 3).data())]).toEqual([1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 4]);
});

describe("validTapShares", () => {
  it("leaves only the centre tap where the rate is larger than the map", () => {
    const shares = Object.fromEntries(validTapShares(14, 3, 15).map(({taps, share}) => [taps, share]));
    expect(shares).toEqual({9: 0, 6: 0, 4: 0, 3: 0, 2: 0, 1: 1});
  });
  it.each([
    [65, 1],
    [65, 18],
    [65, 32],
    [33, 18]
  ])("counts what a loop over all positions counts, on %i cells at rate %i", (size, rate) => {
    const counts = new Map<number, number>();
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let taps = 0;
        for (const a of [-rate, 0, rate])
          for (const b of [-rate, 0, rate]) if (i + a >= 0 && i + a < size && j + b >= 0 && j + b < size) taps++;
        counts.set(taps, (counts.get(taps) ?? 0) + 1);
      }
    }
    for (const {taps, share} of validTapShares(size, 3, rate)) expect(share).toBeCloseTo((counts.get(taps) ?? 0) / size ** 2, 12);
  });
});
