import {readFile} from "node:fs/promises";
import * as tf from "@tensorflow/tfjs-core";
import sharp from "sharp";
import {afterAll, beforeAll, expect, it} from "vitest";
import {benchPhoto} from "../../../scripts/bench/photo.js";
import {machineInNode} from "../../../scripts/kernels/in-node.js";
import {guideColours, labelsAlongEdges, smoothLogits} from "../../../src/engine/labels/live-logits.js";
import type {LogitsArray} from "../../../src/engine/labels/pixel.js";
import {covered} from "../../../src/engine/labels/postprocess.js";
import {PLAIN} from "../../../src/engine/pictures.js";
import type {Pictures} from "../../../src/engine/pictures.js";
import {plan} from "../../../src/engine/plan.js";
import {fitInput} from "../../../src/engine/preprocess.js";
import {run} from "../../../src/engine/run.js";
import {createExecutor} from "../../../src/engine/wasm/executor.js";
import type {Machine} from "../../../src/engine/wasm/machine.js";
import {picturesOn} from "../../../src/engine/wasm/pictures.js";
import {loadWeights} from "../../../src/engine/weights.js";
import type {StepWeights} from "../../../src/engine/weights.js";
import {readModel} from "../../../src/importers/model-file.js";
import {useBackend} from "../../backend.js";

/** Size of a camera's frames, and of what their class maps are made in. */
const FRAME = {width: 320, height: 240};
const INPUT = 257;
/** Of the pixels: what is nearly a tie. */
const TIES = 2e-3;

let machine: Machine;
beforeAll(async () => {
  machine = await machineInNode(2);
  await useBackend("wasm");
});
afterAll(() => machine.dispose());

it("frames become on our kernels the class maps that TensorFlow.js and plain TypeScript make of them, smoothed and along edges, too", async () => {
  const model = readModel(await readFile("data/models/nano.safetensors"));
  const fit = fitInput(FRAME.height, FRAME.width, INPUT);
  const planned = plan(model.network, {height: fit.height, width: fit.width, outputStride: 8});
  const ours = loadWeights(model, createExecutor(machine, model.weights));
  const theirs = loadWeights(model);
  const extent = covered(fit);

  const live = (weights: StepWeights, {input, labels, labelsAlongEdges: along = labelsAlongEdges}: Pictures) => {
    let before: {values: Float32Array; guide: Float32Array} | null = null;
    return (values: Uint8ClampedArray) => {
      const frame = {...FRAME, data: values};
      const given = tf.tensor4d(input({...FRAME, channels: 4, values}, fit), [1, fit.height, fit.width, 3]);
      const found = run(planned, weights, given).logits;
      const [, height, width, classes] = found.shape;
      const logits: LogitsArray = {height, width, classes, values: found.dataSync<"float32">().slice()};
      tf.dispose([given, found]);
      const plain = labels(logits, extent, FRAME.height, FRAME.width);
      const guide = guideColours(frame, logits, extent);
      if (before) smoothLogits(logits, before.values, {now: guide, before: before.guide}, 0.6);
      before = {values: logits.values, guide};
      return [plain, along(logits, extent, frame, guide)] as const;
    };
  };
  const [mine, plain] = [live(ours, picturesOn(machine)), live(theirs, PLAIN)];
  const photo = sharp(await benchPhoto()).ensureAlpha();
  const classes = new Set<number>();
  for (const brightness of [1, 1.02, 0.9]) {
    const pixels = await photo.clone().resize(FRAME.width, FRAME.height, {fit: "fill"}).modulate({brightness}).raw().toBuffer();
    const frame = new Uint8ClampedArray(pixels);
    const [found, expected] = [mine(frame), plain(frame)];
    for (const [index, labels] of found.entries()) {
      const apart = labels.filter((id, pixel) => id !== expected[index]![pixel]).length;
      expect(apart / labels.length).toBeLessThan(TIES);
      labels.forEach((id) => classes.add(id));
    }
  }
  // Something is there to be labelled, and it has borders.
  expect(classes.size).toBeGreaterThan(1);
  ours.dispose();
  theirs.dispose();
});
