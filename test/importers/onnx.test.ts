import {execFileSync} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import * as ort from "onnxruntime-web";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {Model} from "../../src/engine/model.js";
import {plan} from "../../src/engine/plan.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import type {ImportedModel} from "../../src/importers/questions.js";
import {importOnnx} from "../../src/importers/import.js";
import {useBackend} from "../backend.js";
import {WEIGHTS, onnxFixture} from "./onnx-fixture.js";
import type {OnnxFixture} from "./onnx-fixture.js";

const CARD = {name: "test", license: "", source: "", measured: ""};
const IMAGENET = {mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225]};
const HALF = {mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5]};

beforeAll(async () => {
  // Node has no more than one.
  ort.env.wasm.numThreads = 1;
  await useBackend("wasm");
});

const imported = ({graph, weights}: OnnxFixture): ImportedModel => importOnnx(graph, new Map([[WEIGHTS, weights]]), CARD);

/** The byte of a photo at a place. */
const byteAt = (y: number, x: number, c: number) => (37 * y + 61 * x + 85 * c + 3 * y * x) % 256;

/** Logits by onnxruntime, channels last as ours are. */
async function byOnnxRuntime(
  {graph, weights}: OnnxFixture,
  height: number,
  width: number,
  {mean, deviation}: typeof HALF
): Promise<Logits> {
  const values = new Float32Array(3 * height * width);
  for (let i = 0; i < values.length; i++) {
    const [c, y, x] = [Math.floor(i / height / width), Math.floor(i / width) % height, i % width] as [number, number, number];
    values[i] = (byteAt(y, x, c) / 255 - mean[c]!) / deviation[c]!;
  }
  const session = await ort.InferenceSession.create(graph, {externalData: [{path: WEIGHTS, data: weights}]});
  const [input, output] = [session.inputNames[0]!, session.outputNames[0]!];
  const found = (await session.run({[input]: new ort.Tensor("float32", values, [1, 3, height, width])}))[output]!;
  const [, classes, rows, columns] = found.dims as [number, number, number, number];
  const data = (await found.getData()) as Float32Array;
  await session.release();
  const cells = rows * columns;
  return {
    shape: [rows, columns, classes],
    values: Float32Array.from(data, (_, i) => data[(i % classes) * cells + Math.floor(i / classes)]!)
  };
}

interface Logits {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

async function byEngine(model: Model, height: number, width: number, outputStride: number): Promise<Logits> {
  const values = Float32Array.from(
    {length: height * width * 3},
    (_, i) => byteAt(Math.floor(i / 3 / width), Math.floor(i / 3) % width, i % 3) / 127.5 - 1
  );
  const input = tf.tensor4d(values, [1, height, width, 3]);
  const weights = loadWeights(model);
  const {logits} = run(plan(model.network, {height, width, outputStride}), weights, input);
  const found = {shape: logits.shape.slice(1), values: (await logits.data()) as Float32Array};
  weights.dispose();
  tf.dispose([input, logits]);
  return found;
}

const MOST = 1e-3;

async function expectAlike(
  fixture: OnnxFixture,
  [height, width]: readonly [number, number],
  outputStride: number,
  preparation: typeof HALF
) {
  const model = imported(fixture);
  const theirs = await byOnnxRuntime(fixture, height, width, preparation);
  const ours = await byEngine(model, height, width, outputStride);
  expect(ours.shape).toEqual(theirs.shape);
  const classes = model.network.classes;
  const labels = [ours, theirs].map(({values}) =>
    Array.from({length: values.length / classes}, (_, cell) => {
      const scores = Array.from(values.subarray(cell * classes, (cell + 1) * classes));
      const [first, second] = scores.toSorted((a, b) => b - a) as [number, number];
      return {id: scores.indexOf(first), isTie: first - second < 2 * MOST};
    })
  ) as [{id: number; isTie: boolean}[], {id: number; isTie: boolean}[]];
  const furthest = ours.values.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs.values[i]!)), 0);
  expect(furthest).toBeLessThan(MOST);
  expect(labels[0].filter(({id, isTie}, cell) => !isTie && id !== labels[1][cell]!.id)).toEqual([]);
  // Otherwise nothing would have been compared.
  expect(new Set(labels[1].map(({id}) => id)).size).toBeGreaterThan(1);
}

type Graph = readonly [name: string, size: readonly [number, number], outputStride: number, preparation: typeof HALF];

/** Size of the photo, and output stride that each was exported with. */
const GRAPHS: readonly Graph[] = [
  ["deeplabv3_resnet50-13", [65, 97], 8, IMAGENET],
  ["lraspp_mobilenet_v3_large-16", [65, 97], 16, IMAGENET],
  ["vainf-v3plus-mobilenet-17", [64, 97], 16, IMAGENET],
  ["hugging-face-even-12", [64, 66], 8, HALF]
];
const OTHER_GRAPHS: readonly Graph[] = [
  ["deeplabv3_mobilenet_v3_large-14", [65, 65], 16, IMAGENET],
  ["lraspp_mobilenet_v3_large-11", [65, 97], 16, IMAGENET],
  ["vainf-v3plus-resnet50-13", [65, 66], 16, IMAGENET],
  ["hugging-face-unfolded-17", [65, 97], 8, HALF],
  ["hugging-face-any-size-17", [64, 66], 8, HALF],
  ["hugging-face-any-odd-size-17", [65, 97], 8, HALF]
];

describe("an ONNX graph computes what it does in onnxruntime", () => {
  test.each([...GRAPHS, ...(process.env["LONG"] ? OTHER_GRAPHS : [])])("%s", async (name, size, outputStride, preparation) => {
    await expectAlike(onnxFixture(name), size, outputStride, preparation);
  });
});

// Made on the fly by Debian's Python, for which it has a torchvision. A test that is left out is not one that is skipped.
if (process.env["LONG"]) {
  describe("the whole networks do, too", () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(path.join(tmpdir(), "deeplab-onnx-"));
      execFileSync("/usr/bin/python3", [path.join(import.meta.dirname, "../fixtures/onnx/fixtures.py"), "--whole", folder]);
    });
    afterAll(() => rmSync(folder, {recursive: true}));

    // With the last: variance from layer to layer, at which the classes of so deep a network differ and its values do not grow.
    test.each([
      ["torchvision-deeplabv3_resnet50", 8, 1],
      ["torchvision-deeplabv3_resnet101", 8, 1],
      ["torchvision-deeplabv3_mobilenet_v3_large", 16, 2],
      ["torchvision-lraspp_mobilenet_v3_large", 16, 1],
      ["vainf-v3plus-resnet101", 16, 1]
    ])("%s", async (name, outputStride, gain) => {
      await expectAlike(onnxFixture(name, {folder, gain}), [97, 97], outputStride, IMAGENET);
    });
  });
}

test.each([
  ["deeplabv3_resnet50", 9, 13],
  ["vainf-v3plus-mobilenet", 10, 17]
])("%s before ONNX knew half-pixel centres (version %i) is the network that PyTorch means, as in version %i", (name, old, recent) => {
  const [before, after] = [old, recent].map((version) => imported(onnxFixture(`${name}-${version}`))) as [Model, Model];
  expect(before.network).toEqual(after.network);
  expect(before.network.sampling).toBe("half_pixel");
  const isAlike = (name: string) =>
    Buffer.from(before.weights[name]!.values.buffer).equals(Buffer.from(after.weights[name]!.values.buffer));
  expect(Object.keys(after.weights).filter((name) => !isAlike(name))).toEqual([]);
});
