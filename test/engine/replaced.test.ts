import * as tf from "@tensorflow/tfjs-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {plan} from "../../src/engine/plan.js";
import {execute} from "../../src/engine/execute.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import type {DeviceWeights} from "../../src/engine/weights.js";
import {useBackend} from "../backend.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {complete, randomWeights} from "./networks.js";

const planned = plan(complete, {height: 65, width: 65});
const photo = (seed: number) => {
  const next = pseudoRandom(seed);
  return tf.tensor4d(
    Float32Array.from({length: 65 * 65 * 3}, () => next() * 2 - 1),
    [1, 65, 65, 3]
  );
};

let weights: DeviceWeights;
let input: tf.Tensor4D;
beforeAll(async () => {
  await useBackend("wasm");
  weights = loadWeights({network: complete, weights: randomWeights(complete)});
  input = photo(1);
});
afterAll(() => weights.dispose());

async function logitsWith(replaced: Parameters<typeof run>[3]): Promise<Float32Array> {
  const {logits} = run(planned, weights, input, replaced);
  const values = (await logits.data()) as Float32Array;
  logits.dispose();
  return values;
}

it("an end point replaced by its own activation changes nothing", async () => {
  const {taps} = run(planned, weights, input, {taps: ["decoder/low_level"]});
  expect(await logitsWith({replaced: {"decoder/low_level": taps["decoder/low_level"]!}})).toEqual(await logitsWith({}));
});

it("a branch that is muted is as if its rows of the projection's kernel were zero", async () => {
  const model = randomWeights(complete);
  const kernel = model["aspp/projection/kernel"]!;
  const [, , , outputs] = kernel.shape;
  // Branches of 8 channels: image pooling, 1x1, atrous_0, atrous_1.
  for (const [endPoint, from] of [
    ["aspp/image_pooling", 0],
    ["aspp/conv_1x1", 8],
    ["aspp/atrous_0/pointwise", 16],
    ["aspp/atrous_1", 24]
  ] as const) {
    const values = kernel.values.slice();
    values.fill(0, from * outputs!, (from + 8) * outputs!);
    const other = loadWeights({network: complete, weights: {...model, "aspp/projection/kernel": {...kernel, values}}});
    const expected = run(planned, other, input).logits;
    const muted = await logitsWith({replaced: {[endPoint]: "zero"}});
    const difference = await tf.max(tf.abs(tf.sub(expected, tf.tensor(muted, expected.shape)))).data();
    expect(difference[0]).toBeLessThan(1e-4);
    expect(muted).not.toEqual(await logitsWith({}));
    other.dispose();
  }
});

it.each(["aspp/concat", "aspp/image_pooling/upsampled"])(
  "%s, which a run goes around, counts as soon as it is replaced",
  async (endPoint) => {
    const muted = await logitsWith({replaced: {[endPoint]: "zero"}});
    // The same by hand: rows of the projection's kernel that read zeros are as good as zero.
    const {["aspp/projection/kernel"]: kernel, ...others} = randomWeights(complete);
    const values = kernel!.values.slice();
    values.fill(0, 0, (endPoint === "aspp/concat" ? 32 : 8) * kernel!.shape[3]!);
    const other = loadWeights({network: complete, weights: {...others, "aspp/projection/kernel": {...kernel!, values}}});
    const expected = run(planned, other, input).logits;
    const difference = await tf.max(tf.abs(tf.sub(expected, tf.tensor(muted, expected.shape)))).data();
    expect(difference[0]).toBeLessThan(1e-4);
    expect(muted).not.toEqual(await logitsWith({}));
    other.dispose();
  }
);

it("what only a replaced end point needs is not computed, and nothing is left behind", async () => {
  const steps: string[] = [];
  const before = tf.memory().numTensors;
  const found = execute(planned.steps, weights, input, ["logits"], {
    replaced: {"aspp/atrous_0/pointwise": "zero"},
    onStep: ({step}) => steps.push(step.name)
  });
  expect(steps).not.toContain("aspp/atrous_0/depthwise");
  expect(Object.keys(found)).toEqual(["logits"]);
  tf.dispose(found);
  expect(tf.memory().numTensors).toBe(before);
});

it("an end point that is not there, or another shape, is refused", () => {
  expect(() => run(planned, weights, input, {replaced: {nowhere: "zero"}})).toThrow(/no layer "nowhere"/);
  expect(() => run(planned, weights, input, {replaced: {"decoder/low_level": input}})).toThrow(/\[1, 17, 17, 6\]/);
});
