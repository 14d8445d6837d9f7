import {readFile} from "node:fs/promises";
import * as tf from "@tensorflow/tfjs-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {machineInNode} from "../../../scripts/kernels/in-node.js";
import {mobileNetV3} from "../../../src/engine/backbones/mobilenetv3.js";
import {xception} from "../../../src/engine/backbones/xception.js";
import {reducedHead, v3PlusHead} from "../../../src/engine/heads.js";
import {labelsFromLogits} from "../../../src/engine/labels/labels.js";
import type {Weight} from "../../../src/engine/model.js";
import type {Network} from "../../../src/engine/network.js";
import {OUTPUT_STRIDES, ownRates, plan} from "../../../src/engine/plan.js";
import {run} from "../../../src/engine/run.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import {createExecutor} from "../../../src/engine/wasm/executor.js";
import type {Machine} from "../../../src/engine/wasm/machine.js";
import {arenaOf} from "../../../src/engine/wasm/schedule.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {readModel} from "../../../src/importers/model-file.js";
import {useBackend} from "../../backend.js";
import {apartOffTies, largestDifference} from "../../exactness/difference.js";
import {complete, quantisable, randomWeights} from "../networks.js";
import {chance} from "./random-steps.js";

/** Sizes, strides and rates that each network is tried with; `LONG=1` tries more. */
const SETTINGS = process.env["LONG"] ? 60 : 4;
const TOLERANCE = 1e-4;

const thin = xception({depth: 41, width: 1 / 16});
const small = mobileNetV3({size: "small"});
const NETWORKS: Readonly<Record<string, Network>> = {
  "of every kind of branch": complete,
  "without activations after depthwise": quantisable,
  "with gates": {backbone: small, head: reducedHead(small, 7), classes: 7, padding: "same"},
  "with activations before convolutions": {backbone: thin, head: v3PlusHead(thin), classes: 5, padding: "fixed"}
};

let machine: Machine;
beforeAll(async () => {
  machine = await machineInNode(3);
  await useBackend("wasm");
});
afterAll(() => machine.dispose());

describe("our kernels give the logits and the classes of TensorFlow.js", () => {
  it.each(Object.entries(NETWORKS))("of a network %s", async (_, network) => {
    await expectSame({network, weights: randomWeights(network)});
  });

  it("of nano", async () => {
    await expectSame(readModel(await readFile("data/models/nano.safetensors")));
  });
});

it("our kernels say so where a run takes more memory than there can be, and go on with the next", async () => {
  const weights = randomWeights(complete);
  const executor = createExecutor(await machineInNode(1), weights);
  const planned = (side: number) => plan(complete, {height: side, width: side, outputStride: 8});
  expect(() => executor.prepare(planned(20_000).steps, ["input"], [planned(20_000).output])).toThrow(
    /takes \d+\.\d GB of memory, .* a smaller input/
  );
  const {steps, output} = planned(33);
  const prepared = executor.prepare(steps, ["input"], [output]);
  prepared.write("input", null);
  prepared.operations.forEach((_, index) => prepared.perform(index));
  expect(prepared.read(output).every(Number.isFinite)).toBe(true);
});

async function expectSame(model: {readonly network: Network; readonly weights: Readonly<Record<string, Weight>>}): Promise<void> {
  const {network} = model;
  const of = chance(pseudoRandom(11));
  const theirs = loadWeights(model);
  const ours = loadWeights(model, createExecutor(machine, model.weights));
  for (let setting = 0; setting < SETTINGS; setting++) {
    const [height, width] = [of.between(33, 161), of.between(33, 161)];
    const outputStride = of.among(OUTPUT_STRIDES);
    const rates = ownRates(network).map(() => of.between(1, 24));
    const planned = plan(network, {height, width, outputStride, rates});
    const input = tf.tensor4d(
      Float32Array.from({length: height * width * 3}, () => of.value()),
      [1, height, width, 3]
    );
    const [a, b] = [theirs, ours].map((weights) => run(planned, weights, input).logits) as [tf.Tensor4D, tf.Tensor4D];
    expect(ours.executor!.arena).toBe(arenaOf(planned));
    const where = `${height} x ${width}, stride ${outputStride}, rates ${rates.join(", ")}`;
    const [expected, found] = [a, b].map((logits) => logits.dataSync() as Float32Array) as [Float32Array, Float32Array];
    const size = Math.max(1, ...expected.map(Math.abs));
    expect(largestDifference(found, expected) / size, where).toBeLessThan(TOLERANCE);
    const [, rows, columns, classes] = a.shape;
    const labels = (values: Float32Array) =>
      labelsFromLogits({height: rows, width: columns, classes, values}, {height: 1, width: 1}, rows, columns);
    expect(apartOffTies(labels(expected), labels(found), expected, 2 * TOLERANCE * size), where).toEqual([]);
    tf.dispose([input, a, b]);
  }
  theirs.dispose();
  ours.dispose();
}
