import {execFileSync} from "node:child_process";
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Model} from "../../src/engine/model.js";
import {answered} from "../../src/importers/answered.js";
import {importCheckpoint} from "../../src/importers/import.js";
import {useBackend} from "../backend.js";
import {CHECKPOINTS, WHOLE_CHECKPOINTS} from "../fixtures/checkpoint/checkpoints.js";
import {checkpoint, filesOf} from "../formats/written-checkpoint.js";
import type {WrittenVariable} from "../formats/written-checkpoint.js";
import {apartOffTies, largestDifference} from "./difference.js";
import {segment} from "./in-node.js";

const FIXTURES = path.join(import.meta.dirname, "../fixtures/checkpoint");
const CARD = {name: "trained", license: "", source: "", measured: ""};
/**
 * Logits go from -30 to 30 and differ by 5e-5; those of MobileNetV3, which the release gates with 0.16667 where a sixth is meant, go from
 * -5 to 5 and differ by 1e-4. With another epsilon, padding or name they differ by 0.1 or more.
 */
const TOLERANCE = 1e-3;

/** The photo of `reference.py`. */
function photo(side: number): Uint8Array {
  return Uint8Array.from({length: side * side * 3}, (_, i) => {
    const [y, x, c] = [Math.floor(i / (3 * side)), Math.floor(i / 3) % side, i % 3] as const;
    return (x * x * (c + 1) + 7 * y * (x + 3 * c) + 31 * y + 17 * c) % 256;
  });
}

/** Compares a model with what `reference.py` wrote into a folder. */
async function expectAlike(model: Model, name: string, side: number, outputStride: number, folder: string): Promise<void> {
  const {classes} = model.network;
  const {logits, labels} = await segment(model, {size: side, rgb: photo(side)}, outputStride);
  const expected = (what: string) => readFile(path.join(folder, `${name}.os${outputStride}.${what}`));
  const theirs = new Float32Array(Uint8Array.from(await expected("logits")).buffer);
  expect(largestDifference(logits, theirs)).toBeLessThan(TOLERANCE);

  const cells = Math.sqrt(theirs.length / classes);
  const enlarged = tf.tidy(() => tf.image.resizeBilinear(tf.tensor4d(theirs, [1, cells, cells, classes]), [side, side], true));
  const theirLabels = await expected("labels");
  expect(new Set(theirLabels).size).toBeGreaterThan(1);
  expect(apartOffTies(labels, theirLabels, await enlarged.data(), TOLERANCE)).toEqual([]);
  enlarged.dispose();
}

async function imported(name: string, variables: readonly WrittenVariable[]): Promise<Model> {
  const {index, data} = checkpoint(variables);
  const model = await importCheckpoint(index, filesOf(data), CARD, name.startsWith("resnet") ? {grid: [1, 2, 4]} : {});
  return name.startsWith("mobilenet_v3") ? model : answered(model, {rates: [2, 4, 6]});
}

describe("a checkpoint of the release's training gives the logits and labels of the same network in PyTorch, norms unfolded:", () => {
  beforeAll(() => useBackend("wasm"));

  it("MobileNetV2, from files", async () => {
    const file = (name: string) => readFile(path.join(FIXTURES, name));
    const name = "model.ckpt-30";
    const files = {name: `${name}.index`, open: async (name: string) => new Blob([await file(name)])};
    const model = await importCheckpoint(await file(files.name), files, CARD);
    await expectAlike(answered(model, {rates: [1, 2, 3]}), name, 65, 16, FIXTURES);
  });

  it.each([
    // The map before stride 32 is even: there it matters how a stride is padded.
    ["xception_65", [32, 8]],
    ["resnet_v1_50_beta", [32, 8]],
    ["resnet_v1_50", [16]],
    ["mobilenet_v3_small_seg", [32]]
  ])("%s at output strides %j", async (name, outputStrides) => {
    const model = await imported(name, CHECKPOINTS[name]!());
    for (const outputStride of outputStrides) await expectAlike(model, name, 81, outputStride, FIXTURES);
  });
});

// Made on the fly by Debian's Python. A test that is left out is not one that is skipped.
if (process.env["LONG"]) {
  describe("as wide as it is published, too:", () => {
    let folder: string;
    beforeAll(async () => {
      await useBackend("wasm");
      folder = await mkdtemp(path.join(tmpdir(), "deeplab-checkpoint-"));
    });
    afterAll(() => rm(folder, {recursive: true}));

    it.each([
      ["xception_65", 81, [32, 8]],
      ["resnet_v1_101_beta", 81, [8]],
      ["mobilenet_v3_large_seg", 81, [32, 16]],
      ["mobilenet_v3_small_seg-windows", 993, [32]]
    ])("%s at a side of %i and output strides %j", async (name, side, outputStrides) => {
      const variables = WHOLE_CHECKPOINTS[name]!();
      const {index, data} = checkpoint(variables);
      await writeFile(path.join(folder, `${name}.index`), index);
      await writeFile(path.join(folder, `${name}.data-00000-of-00001`), data[0]!);
      execFileSync("/usr/bin/python3", [path.join(FIXTURES, "reference.py"), folder, "--into", folder, "--only", name]);
      const model = await imported(name, variables);
      for (const outputStride of outputStrides) await expectAlike(model, name, side, outputStride, folder);
    });
  });
}
