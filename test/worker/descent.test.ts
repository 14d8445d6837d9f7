import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {plan} from "../../src/engine/plan.js";
import {fitInput} from "../../src/engine/preprocess.js";
import {seededValues} from "../../src/engine/seeded.js";
import {loadWeights} from "../../src/engine/weights.js";
import {descent} from "../../src/worker/inspections/descent.js";
import type {Prepared} from "../../src/worker/inspections/prepared.js";
import {useBackend} from "../backend.js";
import {randomWeights} from "../engine/networks.js";
import {tinyWhole} from "../exactness/tiny.js";

const SIDE = 33;
const LAYER = "backbone/block_00/depthwise";

describe("one step of descent", () => {
  let prepared: Prepared;
  const ids = Uint8Array.from({length: SIDE * 31}, (_, pixel) => (pixel % SIDE < 12 ? 2 : 0));
  const labels = {width: SIDE, height: 31, ids};

  beforeAll(async () => {
    await useBackend("wasm");
    const weights = randomWeights(tinyWhole);
    prepared = {
      model: {network: tinyWhole, weights},
      weights: loadWeights({network: tinyWhole, weights}),
      plan: plan(tinyWhole, {height: SIDE, width: SIDE}),
      fit: fitInput(31, SIDE, SIDE),
      input: tf.tensor4d(seededValues(5, SIDE * SIDE * 3), [1, SIDE, SIDE, 3])
    } as unknown as Prepared;
  });

  it.each(["all", "head", "layer"] as const)("of %s lowers the loss by the gradient's square times a small rate", async (moved) => {
    const before = tf.memory().numTensors;
    // Less is asked of one layer.
    const rate = moved === "layer" ? 0.1 : 1e-3;
    const {before: now, after, norm} = await descent(prepared, {labels, endPoint: LAYER, moved, rates: [rate]});
    expect(tf.memory().numTensors).toBe(before);
    const expected = rate * norm ** 2;
    expect(expected).toBeGreaterThan(1e-6);
    expect(Math.abs(now.loss - after[0]!.loss - expected)).toBeLessThan(0.1 * expected + 2e-6);
    expect(now.labels).toHaveLength(SIDE * 31);
  });

  it("tells what is asked of a layer and its kernel", async () => {
    const {layer} = await descent(prepared, {labels, endPoint: "logits", moved: "layer", rates: []});
    const {map, mapGradient, kernel, kernelGradient} = layer;
    expect(mapGradient).toMatchObject({height: map.height, width: map.width, channels: 3});
    // Probabilities add up to one: what one class is asked, the others are asked the other way round.
    for (let cell = 0; cell < map.height * map.width; cell++) {
      const [a, b, c] = mapGradient.values.subarray(3 * cell, 3 * cell + 3) as unknown as [number, number, number];
      expect(a + b + c).toBeCloseTo(0, 6);
    }
    // On the left the third class is asked for.
    expect(mapGradient.values[2]).toBeLessThan(0);
    expect(kernelGradient).toHaveLength(kernel.values.length);
    // A worker's answer is handed over with its buffers.
    expect(kernel).toEqual(prepared.model.weights["logits/kernel"]);
    expect(kernel.values.buffer).not.toBe(prepared.model.weights["logits/kernel"]!.values.buffer);
    await expect(descent(prepared, {labels, endPoint: "aspp/concat", moved: "all", rates: []})).rejects.toThrow(
      'no layer "aspp/concat" with a kernel'
    );
  });
});
