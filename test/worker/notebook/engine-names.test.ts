import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {modelNamed} from "../../../scripts/evaluate/model.js";
import {cost} from "../../../src/engine/cost.js";
import {inputGradient, pointSeed} from "../../../src/engine/gradient.js";
import {labelsFromLogits} from "../../../src/engine/labels/labels.js";
import {confusionMatrix, countPixels, metrics} from "../../../src/engine/labels/metrics.js";
import {covered} from "../../../src/engine/labels/postprocess.js";
import type {Model} from "../../../src/engine/model.js";
import type {Photo} from "../../../src/engine/photo.js";
import {plan, stepNamed} from "../../../src/engine/plan.js";
import {fitInput} from "../../../src/engine/preprocess.js";
import {run} from "../../../src/engine/run.js";
import {segmentPhoto} from "../../../src/engine/segment-photo.js";
import {loadWeights} from "../../../src/engine/weights.js";
import type {DeviceWeights} from "../../../src/engine/weights.js";
import {inputFrom} from "../../../src/worker/inputs.js";
import {engineNames} from "../../../src/worker/notebook/engine-names.js";
import {useBackend} from "../../backend.js";
import {samplePhoto, surroundings} from "./in-node.js";

const SIZE = 129;
const names = engineNames(surroundings());
let dog: Photo;
let nano: Model;
let weights: DeviceWeights;
beforeAll(async () => {
  await useBackend("wasm");
  [dog, nano] = await Promise.all([samplePhoto("dog"), modelNamed("nano")]);
  weights = loadWeights(nano);
});

/** To the bit: `toEqual` takes seconds for so many values. */
function expectSame(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  const bytes = (values: ArrayLike<number>) => {
    const {buffer, byteOffset, byteLength} = values as Float32Array<ArrayBuffer>;
    return Buffer.from(buffer, byteOffset, byteLength);
  };
  expect(bytes(expected).length).toBeGreaterThan(0);
  expect(bytes(found).equals(bytes(expected))).toBe(true);
}

/** What the engine's own functions make of the dog, with these options. */
function engineRun(options: {outputStride?: number; rates?: number[]} = {}, runOptions: Parameters<typeof run>[3] = {}) {
  const fit = fitInput(dog.height, dog.width, SIZE);
  const planned = plan(nano.network, {height: fit.height, width: fit.width, ...options});
  const result = run(planned, weights, inputFrom(dog, fit), runOptions);
  const [, height, width, classes] = result.logits.shape;
  const logits = {height, width, classes, values: result.logits.dataSync() as Float32Array};
  return {planned, fit, ...result, labels: labelsFromLogits(logits, covered(fit), dog.height, dog.width)};
}

describe("a name gives, to the digit, what the engine does:", () => {
  it("photo and model", async () => {
    const {rgba, ...size} = await names.photo("dog");
    expect(size).toEqual({width: dog.width, height: dog.height});
    expectSame(rgba, dog.rgba);
    expect((await names.model("nano")).card).toEqual(nano.card);
  });

  it.each([{}, {outputStride: 8}, {rates: [2, 4, 6]}])("run and plan with %j", async (options) => {
    const expected = engineRun(options, {taps: ["aspp/projection"]});
    const found = await names.run(nano, dog, {size: SIZE, taps: ["aspp/projection"], ...options});
    expect(found.plan).toEqual(expected.planned);
    expect(names.plan(nano, {photo: dog, size: SIZE, ...options})).toEqual(expected.planned);
    expectSame(found.logits.dataSync(), expected.logits.dataSync());
    expectSame(found.mask.labels, expected.labels);
    expectSame(found.taps["aspp/projection"]!.dataSync(), expected.taps["aspp/projection"]!.dataSync());
    expectSame(
      (await names.tap(nano, dog, "aspp/projection", {size: SIZE, ...options})).dataSync(),
      expected.taps["aspp/projection"]!.dataSync()
    );
  });

  it("run over several scales and the mirrored photo", async () => {
    const averaging = {scales: [0.75, 1], flip: true};
    const pixels = {height: dog.height, width: dog.width, channels: 4, values: dog.rgba} as const;
    const expected = await segmentPhoto(nano.network, weights, pixels, {outputStride: 16, inputSize: SIZE}, averaging, {
      wantsProbabilities: false
    });
    const found = await names.run(nano, dog, {size: SIZE, ...averaging});
    expectSame(found.mask.labels, expected.labels);
    expect(Buffer.compare(found.mask.labels, engineRun().labels)).not.toBe(0);
  });

  it("replaced, by zeros, a tensor or another photo", async () => {
    const pooling = engineRun().planned.branches.find(({kind}) => kind === "image_pooling")!.endPoint;
    const zero = engineRun({}, {replaced: {[pooling]: "zero"}});
    expectSame((await names.replaced(nano, dog, {[pooling]: "zero"}, {size: SIZE})).logits.dataSync(), zero.logits.dataSync());
    const other = await names.tap(nano, dog, "aspp/projection", {size: SIZE, rates: [1, 1, 1]});
    const expected = engineRun({}, {replaced: {"aspp/projection": other}});
    const found = await names.replaced(nano, dog, {"aspp/projection": other}, {size: SIZE});
    expectSame(found.logits.dataSync(), expected.logits.dataSync());
    const mirrored = {...dog, rgba: dog.rgba.toReversed() as Uint8ClampedArray};
    const byPhoto = await names.run(nano, dog, {size: SIZE, replaced: {"aspp/projection": mirrored}});
    const tapped = await names.tap(nano, mirrored, "aspp/projection", {size: SIZE});
    const byTensor = await names.replaced(nano, dog, {"aspp/projection": tapped}, {size: SIZE});
    expectSame(byPhoto.logits.dataSync(), byTensor.logits.dataSync());
  });

  it("gradient and squareHolding", async () => {
    const {planned, fit} = engineRun();
    const step = stepNamed(planned, "logits");
    const extent = covered(fit);
    const at = {
      channel: 12,
      row: (100 / (dog.height - 1)) * extent.height * (step.height - 1),
      column: (200 / (dog.width - 1)) * extent.width * (step.width - 1)
    };
    const expected = inputGradient(planned.steps, weights, inputFrom(dog, fit), "logits", pointSeed(step, at));
    const found = await names.gradient(nano, dog, {channel: 12, x: 200, y: 100, size: SIZE});
    expectSame(found.dataSync(), expected.dataSync());
    const strength = tf.sum(tf.abs(found), 3, true) as tf.Tensor4D;
    const side = await names.squareHolding(strength, {row: 40, column: 60}, 0.9);
    expect(side).toBeGreaterThan(1);
    await expect(names.squareHolding(found, {row: 0, column: 0}, 0.9)).rejects.toThrow(/one value a pixel/);
  });

  it("evaluate", async () => {
    const {mask} = await names.run(nano, dog, {size: SIZE});
    const {mask: truth} = await names.run(nano, dog, {size: SIZE, outputStride: 8});
    const matrix = confusionMatrix(21);
    countPixels(matrix, truth.labels, mask.labels);
    const {perClass, ...expected} = metrics(matrix);
    const found = names.evaluate(mask, truth);
    expect(found).toMatchObject(expected);
    expect(found.perClass[12]).toEqual({name: "dog", ...perClass[12]});
    expect(names.evaluate(mask, mask).meanIoU).toBe(1);
  });

  it("a network of one's own, its cost and its fields", async () => {
    const backbone = names.mobileNetV2({width: 0.35});
    const own = names.network({backbone, head: names.v3PlusHead(backbone, {rates: [2, 4]}), classes: 5});
    const made = names.untrained(own, {seed: 3});
    const planned = names.plan(own, {size: 65});
    expect(names.cost(planned)).toEqual(cost(plan(own, {height: 65, width: 65})));
    expect(names.receptiveField(planned, "logits").extent).toBe(Infinity);
    const {mask, logits} = await names.run(made, dog, {size: 65});
    expect(logits.shape.at(-1)).toBe(5);
    expect(mask.classes).toEqual(["class 0", "class 1", "class 2", "class 3", "class 4"]);
    await expect(names.run(own as never, dog)).rejects.toThrow(/without weights cannot run/);
    await expect(names.run(made, {} as never)).rejects.toThrow(/a model and a photo/);
  });
});

it("what no run needs any more leaves the device with its cell; weights stay", async () => {
  const {scoped} = await import("../../../src/worker/notebook/tensor-scope.js");
  await names.tap(nano, dog, "aspp/projection", {size: SIZE});
  const before = tf.memory().numTensors;
  const {value, dispose} = await scoped(() =>
    names.run(nano, dog, {size: SIZE, scales: [0.75, 1], replaced: {"decoder/low_level": dog}}).catch(() => null)
  );
  const single = await scoped(() => names.run(nano, dog, {size: SIZE, taps: ["aspp/projection"]}));
  expect(tf.memory().numTensors - before).toBe((value ? 1 : 0) + 2);
  dispose();
  single.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
