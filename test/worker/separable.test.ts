import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {race} from "../../src/worker/demonstrations/race.js";
import {rankOne} from "../../src/worker/demonstrations/rank-one.js";
import {separable} from "../../src/worker/demonstrations/separable.js";
import {useBackend} from "../backend.js";
import {pseudoRandom} from "../../src/engine/seeded.js";

const SIZE = 6;
const CHANNELS = 2;
const OUTPUTS = 3;
const TAPS = 3;
const random = pseudoRandom(5);
const list = (length: number) => Float32Array.from({length}, () => random() * 2 - 1);
const layer = {
  size: SIZE,
  channels: CHANNELS,
  kernelSize: TAPS,
  rate: 2,
  input: list(SIZE * SIZE * CHANNELS),
  kernels: list(TAPS * TAPS * CHANNELS),
  mixing: list(OUTPUTS * CHANNELS)
};

describe.each(["wasm", "cpu"] as const)("the demonstrations of separable convolution on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("give what stands after each step", async () => {
    const before = tf.memory().numTensors;
    const {side, depthwise, output} = await separable(layer);
    expect(tf.memory().numTensors).toBe(before);
    expect(side).toBe(2);
    // The last position, whose window begins at row 1, column 1; rate 2.
    const between = [0, 1].map((channel) => {
      let sum = 0;
      for (let tap = 0; tap < TAPS ** 2; tap++) {
        const cell = (1 + 2 * Math.floor(tap / TAPS)) * SIZE + 1 + 2 * (tap % TAPS);
        sum += layer.input[cell * CHANNELS + channel]! * layer.kernels[channel * TAPS ** 2 + tap]!;
      }
      return sum;
    });
    between.forEach((value, channel) => expect(depthwise[3 * CHANNELS + channel]).toBeCloseTo(value, 5));
    for (let o = 0; o < OUTPUTS; o++)
      expect(output[3 * OUTPUTS + o]).toBeCloseTo(between[0]! * layer.mixing[o * 2]! + between[1]! * layer.mixing[o * 2 + 1]!, 5);
    expect(layer.input.length).toBe(SIZE * SIZE * CHANNELS);
  });

  it("show that the built kernel does the same and has rank one", async () => {
    const before = tf.memory().numTensors;
    const found = await rankOne({...layer, ordinary: list(TAPS * TAPS * OUTPUTS)});
    expect(tf.memory().numTensors).toBe(before);
    expect(found.difference).toBeLessThan(1e-5 * found.scale);
    expect(found).toMatchObject({builtRank: 1, ordinaryRank: OUTPUTS});
    const {output} = await separable(layer);
    expect(found.scale).toBeCloseTo(Math.max(...output.map(Math.abs)), 5);
    for (let tap = 0; tap < 9; tap++)
      for (let o = 0; o < OUTPUTS; o++)
        expect(found.built[tap * OUTPUTS + o]).toBeCloseTo(layer.kernels[tap]! * layer.mixing[o * CHANNELS]!, 6);
  });

  it("time the three contestants", async () => {
    const before = tf.memory().numTensors;
    const found = await race({size: 9, channels: 4, kernelSize: 3, outputs: 4, rate: 2, padding: "same"});
    expect(tf.memory().numTensors).toBe(before);
    for (const {milliseconds, runs, repetitions} of [found.standard, found.depthwise, found.separable]) {
      expect(milliseconds).toBeGreaterThan(0);
      expect(runs).toBeGreaterThan(0);
      expect(repetitions).toBeGreaterThan(0);
    }
  });
});
