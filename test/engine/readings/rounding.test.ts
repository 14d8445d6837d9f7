import {describe, expect, it} from "vitest";
import type {WeightMap} from "../../../src/engine/model.js";
import {networkWeights, smallestPlan} from "../../../src/engine/plan.js";
import {atPrecision} from "../../../src/engine/precision.js";
import {randomWeights} from "../../../src/engine/random-weights.js";
import {depthwiseFirst, kernelLayers, roundings, spread} from "../../../src/engine/readings/rounding.js";
import {complete} from "../networks.js";

const LAYER = "backbone/block_00/depthwise";
const CHANNELS = 8;
const random = randomWeights(smallestPlan(complete).steps, 3);

/** The network with a depthwise layer whose channels reach 1.27, 0.004, 0 and then 1.27 again and again. */
const weights: WeightMap = {
  ...random,
  [`${LAYER}/kernel`]: {
    shape: [3, 3, CHANNELS, 1],
    values: Float32Array.from({length: 9 * CHANNELS}, (_, i) => [1.27, 0.004, 0][i % CHANNELS] ?? 1.27)
  }
};
const of = (format: Parameters<typeof roundings>[2]) => roundings(complete, weights, format).find(({layer}) => layer === LAYER)!;

describe("roundings", () => {
  it("tells of every layer that has a kernel, in order, what kind it is", () => {
    const layers = roundings(complete, weights, "float32");
    expect(layers.map(({layer}) => layer)).toEqual(kernelLayers(complete).map(({name}) => name));
    expect(layers.length).toBe(Object.keys(random).filter((name) => name.endsWith("/kernel")).length);
    expect(layers.slice(0, 3).map(({layer, op}) => `${layer} ${op}`)).toEqual([
      "backbone/conv conv",
      `${LAYER} depthwise`,
      "backbone/block_00/project conv"
    ]);
    for (const {scales, meanError, zeroed, medianDecibels} of layers) {
      expect([scales, meanError, zeroed, medianDecibels]).toEqual([null, null, 0, Infinity]);
    }
  });

  it("finds the channel that one scale per tensor makes zero, and that one of its own saves", () => {
    const perTensor = of("int8-per-tensor");
    expect([...perTensor.reach.slice(0, 4)].map((value) => Number(value.toFixed(4)))).toEqual([1.27, 0.004, 0, 1.27]);
    expect(perTensor.scales!.every((scale) => Math.abs(scale - 0.01) < 1e-8)).toBe(true);
    // 0.004 of steps of 0.01 is nothing: its noise is as large as its signal. There is no signal in the third.
    expect(perTensor.decibels[1]).toBe(0);
    expect(perTensor.decibels[2]).toBeNaN();
    expect(perTensor.zeroed).toBeCloseTo(1 / CHANNELS, 12);
    // One weight in eight errs by -0.4 steps, the others not at all.
    expect(perTensor.meanError).toBeCloseTo(-0.4 / CHANNELS, 4);
    const perChannel = of("int8-per-channel");
    expect(perChannel.zeroed).toBe(0);
    expect(perChannel.decibels[1]).toBeGreaterThan(120);
  });

  it("picks the depthwise layers, or all where there is none", () => {
    const layers = [{op: "conv"}, {op: "depthwise"}] as const;
    expect(depthwiseFirst(layers)).toEqual([layers[1]]);
    expect(depthwiseFirst([layers[0]])).toEqual([layers[0]]);
  });

  it("compares the widest channel with the median one", () => {
    expect(spread({reach: Float64Array.of(5, 0, 2, 1, 3)})).toBe(2.5);
    expect(spread({reach: new Float64Array(3)})).toBe(0);
  });
});

it("rounds the weights of some layers alone", () => {
  const rounded = atPrecision(weights, "int4-per-tensor", networkWeights(complete), [LAYER]);
  const changed = Object.keys(weights).filter((name) => rounded[name]!.values !== weights[name]!.values);
  expect(changed.filter((name) => !name.startsWith(LAYER))).toEqual([]);
  expect(rounded[`${LAYER}/kernel`]!.values[1]).toBe(0);
});
