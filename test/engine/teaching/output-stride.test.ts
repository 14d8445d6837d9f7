import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {blocksAtStride, cellCentres, sharedCells, touchedCost} from "../../../src/engine/teaching/output-stride.js";
import {plan, smallestPlan} from "../../../src/engine/plan.js";
import {run} from "../../../src/engine/run.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {useBackend} from "../../backend.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import {released} from "../../../src/engine/released.js";
import {complete, randomWeights} from "../networks.js";

/** Strides of MobileNetV2's stem and 17 blocks, from table 2 of its paper. */
const TRAINING_STRIDES = [2, 1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1];

const square = (side: number, outputStride: number) => plan(released(1), {height: side, width: side, outputStride});

describe("blocks at an output stride", () => {
  it.each([8, 16, 32])("follow the paper's rule at %i", (outputStride) => {
    let reached = 1;
    let rate = 1;
    let side = 513;
    const expected = TRAINING_STRIDES.map((trainingStride) => {
      const lost = trainingStride > 1 && reached >= outputStride;
      const row = {trainingStride, stride: lost ? 1 : trainingStride, rate, strideChanged: lost, rateChanged: rate > 1};
      if (lost) rate *= trainingStride;
      else reached *= trainingStride;
      side = Math.ceil(side / row.stride);
      return {...row, height: side, width: side};
    });
    const blocks = blocksAtStride(square(513, outputStride));
    expect(blocks.map(({name: _, ...row}) => row)).toEqual(expected);
    expect(blocks.slice(0, 2).map(({name}) => name)).toEqual(["conv", "block_00"]);
  });

  it("change nothing at 32", () => {
    expect(blocksAtStride(square(257, 32)).some(({strideChanged, rateChanged}) => strideChanged || rateChanged)).toBe(false);
  });
});

describe("the layers that an output stride touches", () => {
  // From 32 to 16: the last strided block after its expansion (2), the three blocks behind it (9), the head (3).
  // From 16 to 8: two of the block that lost its stride first (2), the ten blocks behind it (30), the head (3).
  it.each([
    [16, 32, 14, (33 / 17) ** 2],
    [8, 16, 35, (65 / 33) ** 2]
  ])("from %i against %i", (fine, coarse, layers, ratio) => {
    const touched = touchedCost(square(513, fine), square(513, coarse));
    expect(touched.layers).toBe(layers);
    // Stem, 17 blocks of three convolutions but one of two, image pooling, 1x1, projection, logits.
    expect(touched.of).toBe(1 + 17 * 3 - 1 + 4);
    expect(touched.multiplyAdds[0] / touched.multiplyAdds[1]).toBeCloseTo(ratio, 10);
  });

  it("are none between equal plans", () => {
    expect(touchedCost(square(257, 16), square(257, 16))).toMatchObject({layers: 0, multiplyAdds: [0, 0]});
  });
});

describe("centres of the feature cells", () => {
  beforeAll(() => useBackend("cpu"));

  it("are at 0 and 512 for 513, and start at 15 for 512, at output stride 16", () => {
    expect(cellCentres(square(513, 16))).toEqual({first: 0, step: 16, cells: 33});
    // 512: each of four halvings of an even side is centred one cell further: 1 + 2 + 4 + 8.
    expect(cellCentres(square(512, 16))).toEqual({first: 15, step: 16, cells: 32});
  });

  // A ramp through strided kernels with a one in their middle: each cell holds the pixel that it is centred on.
  it.each([513, 512, 224, 257, 500, 97, 33].flatMap((side) => [8, 16, 32].map((outputStride) => [side, outputStride] as const)))(
    "of a side of %i at output stride %i are those of TensorFlow's padding",
    async (side, outputStride) => {
      const made = tf.tidy(() => {
        let line = tf.reshape(tf.range(0, side), [side, 1]) as tf.Tensor2D;
        const kernel = tf.tensor3d([0, 1, 0], [3, 1, 1]);
        for (let stride = 1; stride < outputStride; stride *= 2) line = tf.conv1d(line, kernel, 2, "same");
        return line;
      });
      const centres = [...(await made.data())];
      made.dispose();
      const {first, step, cells} = cellCentres(square(side, outputStride));
      expect(Array.from({length: cells}, (_, index) => first + index * step)).toEqual(centres);
    }
  );

  it("follow the width of a plan that is not square", () => {
    expect(cellCentres(plan(complete, {height: 33, width: 224, outputStride: 16}))).toEqual({first: 15, step: 16, cells: 14});
  });
});

describe("cells that two output strides share", () => {
  it("are every second one of the finer map", () => {
    const fine = {height: 3, width: 5, channels: 2, values: Float32Array.from({length: 30}, (_, i) => i)};
    const cell = (row: number, column: number) => [(row * 5 + column) * 2, (row * 5 + column) * 2 + 1];
    const values = Float32Array.from([...cell(0, 0), ...cell(0, 2), ...cell(0, 4), ...cell(2, 0), ...cell(2, 2), ...cell(2, 4)]);
    const coarse = {height: 2, width: 3, channels: 2, values};
    expect(sharedCells(fine, coarse)).toEqual({largestDifference: 0, largestValue: 29});
    expect(sharedCells(fine, {...coarse, values: values.with(4, -40)})).toEqual({largestDifference: 48, largestValue: 40});
  });

  it("are refused where the maps do not share them", () => {
    const map = (height: number, width: number) => ({height, width, channels: 1, values: new Float32Array(height * width)});
    expect(() => sharedCells(map(4, 5), map(2, 3))).toThrow(RangeError);
    expect(() => sharedCells(map(5, 5), map(3, 2))).toThrow("5 × 5");
  });

  it.each(["wasm", "cpu"] as const)("hold the same features in a network on %s", async (backend) => {
    await useBackend(backend);
    const next = pseudoRandom(5);
    const pixels = Array.from({length: 65 * 97 * 3}, () => next() * 2 - 1);
    const features = async (outputStride: number) => {
      const weights = loadWeights({network: complete, weights: randomWeights(complete)} as Parameters<typeof loadWeights>[0]);
      const input = tf.tensor4d(pixels, [1, 65, 97, 3]);
      const endPoint = smallestPlan(complete).features;
      const {logits, taps} = run(plan(complete, {height: 65, width: 97, outputStride}), weights, input, {taps: [endPoint]});
      const [, height, width, channels] = taps[endPoint]!.shape;
      const values = (await taps[endPoint]!.data()) as Float32Array;
      tf.dispose([input, logits, taps]);
      weights.dispose();
      return {height, width, channels, values};
    };
    const [at8, at16, at32] = [await features(8), await features(16), await features(32)];
    expect([at8, at16, at32].map(({height, width}) => [height, width])).toEqual([
      [9, 13],
      [5, 7],
      [3, 4]
    ]);
    for (const [fine, coarse] of [
      [at8, at16],
      [at16, at32],
      [at8, at32]
    ] as const) {
      const {largestDifference, largestValue} = sharedCells(fine, coarse);
      expect(largestValue).toBeGreaterThan(0);
      expect(largestDifference / largestValue).toBeLessThan(1e-5);
    }
  });
});
