import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {fitInput, pixelsToTensor, preprocess} from "../../src/engine/preprocess.js";
import {useBackend} from "../backend.js";

beforeAll(() => useBackend("wasm"));

describe("fitInput", () => {
  it("brings the long side to the size asked for and pads to 16k + 1", () => {
    expect(fitInput(375, 500, 513)).toEqual({resizedHeight: 385, resizedWidth: 513, height: 385, width: 513});
    expect(fitInput(480, 640, 257)).toEqual({resizedHeight: 193, resizedWidth: 257, height: 193, width: 257});
    expect(fitInput(333, 500, 513)).toEqual({resizedHeight: 342, resizedWidth: 513, height: 353, width: 513});
  });
  it("keeps the photo's own size when none is asked for", () => {
    expect(fitInput(300, 401, null)).toEqual({resizedHeight: 300, resizedWidth: 401, height: 305, width: 401});
  });
  it("takes the oddest photos", () => {
    expect(fitInput(1, 1, 513)).toMatchObject({height: 513, width: 513});
    expect(fitInput(1, 4000, 513)).toEqual({resizedHeight: 1, resizedWidth: 513, height: 33, width: 513});
    expect(fitInput(1, 1, null)).toEqual({resizedHeight: 1, resizedWidth: 1, height: 33, width: 33});
  });
  it("refuses what is no size", () => {
    expect(() => fitInput(0, 10, 257)).toThrow("whole number of pixels");
    expect(() => fitInput(10, 10, 25.7)).toThrow("whole number of pixels");
  });
});

describe("preprocess", () => {
  const valuesOf = async (pixels: number[], height: number, width: number, channels: 3 | 4, fit: ReturnType<typeof fitInput>) => {
    const raw = pixelsToTensor(Uint8Array.from(pixels), height, width, channels);
    const input = preprocess(raw, fit);
    const values = await input.array();
    tf.dispose([raw, input]);
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
});
