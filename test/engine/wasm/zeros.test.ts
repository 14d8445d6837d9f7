import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {machineInNode} from "../../../scripts/kernels/in-node.js";
import {execute} from "../../../src/engine/execute.js";
import type {Weight} from "../../../src/engine/model.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import {StepList} from "../../../src/engine/step-list.js";
import {createExecutor} from "../../../src/engine/wasm/executor.js";
import {useBackend} from "../../backend.js";
import {largestDifference} from "../../exactness/difference.js";
import {chance, weightsOf} from "./random-steps.js";

const SHAPE = {height: 7, width: 11, channels: 3} as const;
/** Channels that are read; those of the second half are zero in every cell. */
const READ = 22;
const WRITTEN = 37;
const FAR_BELOW = -100;

const CASES = {
  "a pointwise convolution": (list: StepList) => {
    list.conv("read", "input", {kernel: 1, channels: READ, activation: "relu"});
    list.conv("last", "read", {kernel: 1, channels: WRITTEN, activation: "linear"});
  },
  "a convolution of nine taps": (list: StepList) => {
    list.conv("read", "input", {kernel: 1, channels: READ, activation: "relu6"});
    list.conv("last", "read", {kernel: 3, rate: 2, channels: WRITTEN, activation: "linear"});
  },
  "a projection": (list: StepList) => {
    const wide = list.conv("wide", "input", {kernel: 1, channels: READ, activation: "relu6"});
    list.depthwise("read", wide, {kernel: 3, activation: "relu6"});
    list.conv("last", "read", {kernel: 1, channels: WRITTEN, activation: "linear"});
  },
  "a convolution of what is joined": (list: StepList) => {
    list.conv("read", "input", {kernel: 1, channels: READ, activation: "relu"});
    list.concat("joined", ["read", "read"]);
    list.conv("last", "joined", {kernel: 1, channels: WRITTEN, activation: "linear"});
  }
};

describe("what is zero in neighbouring cells is left out, whatever it would be multiplied with", () => {
  beforeAll(() => useBackend("cpu"));

  describe.each([4, 6] as const)("%i cells at a time", (rows) => {
    it.each(Object.entries(CASES))("by %s", async (_, append) => {
      const machine = await machineInNode(1, rows);
      const of = chance(pseudoRandom(5));
      const list = new StepList(SHAPE);
      append(list);
      const steps = list.list;
      const weights = weightsOf(steps, of);
      const isDead = (channel: number) => channel % READ >= READ / 2;
      weights["read/bias"]!.values.forEach((_value, channel, bias) => {
        if (isDead(channel)) bias[channel] = FAR_BELOW;
      });
      const {shape, values} = weights["last/kernel"]!;
      const multiplied = values.map((value, at) => (isDead(Math.floor(at / WRITTEN) % shape[2]!) ? NaN : value));

      const input = tf.tensor4d(
        Float32Array.from({length: SHAPE.height * SHAPE.width * SHAPE.channels}, () => of.value()),
        [1, SHAPE.height, SHAPE.width, SHAPE.channels]
      );
      const found = computed({...weights, "last/kernel": {shape, values: multiplied}});
      expect(found.every(Number.isFinite)).toBe(true);
      expect(largestDifference(found, computed(weights, false))).toBeLessThan(1e-5);

      function computed(those: Readonly<Record<string, Weight>>, isOurs = true): Float32Array {
        const tensors = Object.fromEntries(
          Object.entries(those).map(([name, weight]) => [name, tf.tensor(weight.values, [...weight.shape])])
        );
        const weighed = isOurs ? {tensors, executor: createExecutor(machine, those)} : {tensors};
        return execute(steps, weighed, input, ["last"])["last"]!.dataSync() as Float32Array;
      }
    });
  });
});
