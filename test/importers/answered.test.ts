import {readFileSync} from "node:fs";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {VOC_CLASSES, vocPalette} from "../../data/labels/voc.js";
import type {Model} from "../../src/engine/model.js";
import {plan} from "../../src/engine/plan.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import {answered, namedClasses} from "../../src/importers/answered.js";
import {convert} from "../../src/importers/convert.js";
import {readModel, writeModel} from "../../src/importers/model-file.js";
import {PREPROCESSING_IDS} from "../../src/engine/backbones/normalise.js";
import {preprocessingInWords} from "../../src/importers/preprocessing.js";
import type {PreprocessingId} from "../../src/engine/backbones/normalise.js";
import type {Answers} from "../../src/engine/questions.js";
import {useBackend} from "../backend.js";

const CARD = {name: "test", license: "", source: "", measured: ""};
const name = "vainf-v3plus-mobilenet.pth";
const bytes = new Uint8Array(readFileSync(path.join(import.meta.dirname, "../fixtures/pytorch", name)));
const origin = {name, bytes, beside: () => Promise.reject(new Error("no such file"))};
const converted = (answers?: Answers) => convert(origin, CARD, answers);

const SIDE = 65;
const photo = Uint8Array.from({length: SIDE * SIDE * 3}, (_, i) => (37 * Math.floor(i / 3 / SIDE) + 61 * (i % 97) + 85 * (i % 3)) % 256);

/** Logits of a network that is given these numbers. */
async function logits({network, weights}: Pick<Model, "network" | "weights">, values: Float32Array): Promise<Float32Array> {
  const loaded = loadWeights({network, weights});
  const input = tf.tensor4d(values, [1, SIDE, SIDE, 3]);
  const found = run(plan(network, {height: SIDE, width: SIDE}), loaded, input).logits;
  const read = (await found.data()) as Float32Array;
  loaded.dispose();
  tf.dispose([input, found]);
  return read;
}

const furthest = (a: Float32Array, b: Float32Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe("the preprocessing that is answered", () => {
  beforeAll(() => useBackend("wasm"));

  const BY_HAND: Readonly<Record<PreprocessingId, (byte: number, channel: number) => number>> = {
    "plus-minus-one": (byte) => byte / 127.5 - 1,
    imagenet: (byte, channel) => (byte / 255 - [0.485, 0.456, 0.406][channel]!) / [0.229, 0.224, 0.225][channel]!,
    "zero-to-one": (byte) => byte / 255
  };

  it("is what the logits are computed with: those of a photo that was prepared by hand, and others for each", async () => {
    const bare = readModel((await converted({preprocessing: "plus-minus-one"})).bytes);
    const given = Float32Array.from(photo, (byte) => byte / 127.5 - 1);
    const all: Float32Array[] = [];
    for (const preprocessing of PREPROCESSING_IDS) {
      const found = await logits(readModel((await converted({preprocessing})).bytes), given);
      const byHand = await logits(
        bare,
        Float32Array.from(photo, (byte, i) => BY_HAND[preprocessing](byte, i % 3))
      );
      expect(furthest(found, byHand)).toBeLessThan(1e-4);
      all.push(found);
    }
    for (const [one, other] of [
      [0, 1],
      [1, 2],
      [0, 2]
    ] as const)
      expect(furthest(all[one]!, all[other]!)).toBeGreaterThan(0.01);
  });

  it("can be given with the file or afterwards, and again: the same answers are the same bytes", async () => {
    const usual = await converted();
    expect(preprocessingInWords(readModel(usual.bytes))).toBe("ImageNet's mean and deviation");
    let {bytes} = usual;
    for (const preprocessing of [...PREPROCESSING_IDS, "imagenet"] as const) {
      const answers: Answers = {preprocessing, rates: [12, 24, 36], outputStride: 8};
      bytes = writeModel(answered(readModel(bytes), answers));
      expect(Buffer.compare(bytes, (await converted(answers)).bytes)).toBe(0);
    }
    expect(Buffer.compare(bytes, usual.bytes)).toBe(0);
  });
});

describe("what a file leaves open is asked for, with the usual answer", () => {
  it("of a state dict: preprocessing, rates, classes", async () => {
    expect((await converted()).questions.map(({about, usual}) => [about, usual])).toEqual([
      ["preprocessing", "imagenet"],
      ["rates", [6, 12, 18]],
      ["outputStride", 16],
      ["classes", expect.arrayContaining(["class 0"])]
    ]);
  });

  it("nothing of our own file, and an answer to what is not asked changes nothing", async () => {
    const own = {...origin, name: "own.safetensors", bytes: (await converted()).bytes};
    const {bytes, questions} = await convert(own, CARD, {preprocessing: "zero-to-one"});
    expect([bytes === own.bytes, questions]).toEqual([true, []]);
  });
});

it("names of classes bring the colours of the data set that has them, or of one with as many", () => {
  expect(namedClasses({classes: 21}, VOC_CLASSES)).toMatchObject({palette: vocPalette(21)});
  expect(namedClasses({classes: 2}, ["sky", "ground"])).toMatchObject({classes: ["sky", "ground"], palette: {length: 2}});
  expect(() => namedClasses({classes: 2}, ["sky", ""])).toThrow("Class 1 is given no name");
});
