import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it, vi} from "vitest";
import {photoInput} from "../../src/engine/photo-input.js";
import {fitInput, halvings, pixelsToTensor} from "../../src/engine/preprocess.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {useBackend} from "../backend.js";
import {preprocess} from "../preprocess.js";

describe("photoInput", () => {
  beforeAll(() => useBackend("wasm"));

  const valuesOf = async (pixels: number[], height: number, width: number, channels: 3 | 4, fit: ReturnType<typeof fitInput>) => {
    const input = photoInput({height, width, channels, values: Uint8Array.from(pixels)}, fit);
    const values = await input.array();
    input.dispose();
    return values[0]!;
  };

  it("maps 0, 127.5 and 255 to -1, 0 and 1, drops alpha and pads with zero", async () => {
    const fit = {resizedHeight: 1, resizedWidth: 3, height: 33, width: 33};
    const rows = await valuesOf([0, 0, 0, 255, 255, 0, 255, 9, 51, 102, 204, 0], 1, 3, 4, fit);
    expect(rows[0]![0]).toEqual([-1, -1, -1]);
    expect(rows[0]![1]).toEqual([1, -1, 1]);
    rows[0]![2]!.forEach((value, c) => expect(value).toBeCloseTo([-0.6, -0.2, 0.6][c]!, 6));
    expect(rows[0]![3]).toEqual([0, 0, 0]);
    expect(rows[32]![32]).toEqual([0, 0, 0]);
  });

  it("resizes with aligned corners: the corners keep their values, the middle is the mean", async () => {
    const fit = {resizedHeight: 3, resizedWidth: 3, height: 3, width: 3};
    const grey = (value: number) => [value, value, value];
    const rows = await valuesOf([...grey(0), ...grey(100), ...grey(200), ...grey(255)], 2, 2, 3, fit);
    const red = rows.map((row) => row.map(([value]) => Math.round((value! + 1) * 127.5 * 100) / 100));
    expect(red).toEqual([
      [0, 50, 100],
      [100, 138.75, 177.5],
      [200, 227.5, 255]
    ]);
  });

  it("averages before it shrinks: a fine checkerboard becomes grey, not moiré", async () => {
    const side = 256;
    const checks = Array.from({length: side * side}, (_, i) => ((i + Math.floor(i / side)) % 2) * 255).flatMap((v) => [v, v, v]);
    const rows = await valuesOf(checks, side, side, 3, fitInput(side, side, 65));
    for (const value of rows.flat(2)) expect(Math.abs(value)).toBeLessThan(1e-5);
  });

  it("of a large photo has no copy in floats", () => {
    const [height, width] = [768, 1024];
    const fit = fitInput(height, width, 513);
    let floats = 0;
    vi.stubGlobal(
      "Float32Array",
      new Proxy(Float32Array, {
        construct(target, args: [unknown]) {
          if (typeof args[0] === "number") floats += args[0];
          return Reflect.construct(target, args) as Float32Array;
        }
      })
    );
    try {
      photoInput({height, width, channels: 4, values: new Uint8Array(height * width * 4)}, fit).dispose();
    } finally {
      vi.unstubAllGlobals();
    }
    const input = fit.height * fit.width * 3;
    expect(floats).toBeGreaterThanOrEqual(input);
    // Some rows of it.
    expect(floats).toBeLessThan(input + 10 * width * 3);
  });
});

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

it.each(CASES)(
  "photoInput equals tensor operations on WASM, bit by bit: %i x %i at %i, halved %i times",
  async (height, width, size, times) => {
    await useBackend("wasm");
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
      const [a, b] = [await ours.data(), await expected.data()];
      expect(a.findIndex((value, i) => value !== b[i])).toBe(-1);
      expect(a).toHaveLength(b.length);
      tf.dispose([pixels, ours, expected]);
    }
  }
);
