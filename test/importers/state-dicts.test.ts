import {execFileSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {labelMap} from "../../src/engine/labels/postprocess.js";
import {KNOWN_NETWORKS} from "../../src/engine/known-networks.js";
import type {Model} from "../../src/engine/model.js";
import {plan} from "../../src/engine/plan.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import {readSafetensors, safetensorsValues} from "../../src/formats/safetensors.js";
import type {NamedTensor} from "../../src/formats/state-dict.js";
import {readTorchFile} from "../../src/formats/torch-file.js";
import {importSafetensors, importTorch} from "../../src/importers/import.js";
import {readModel, writeModel} from "../../src/importers/model-file.js";
import {importStateDict} from "../../src/importers/state-dicts/import-state-dict.js";
import {useBackend} from "../backend.js";
import {apartOffTies, largestDifference} from "../exactness/difference.js";

const CARD = {name: "test", license: "", source: "", measured: ""};
const FIXTURES = path.join(import.meta.dirname, "../fixtures/pytorch");

const fixture = (name: string) => new Uint8Array(readFileSync(path.join(FIXTURES, name)));

beforeAll(() => useBackend("wasm"));

function huggingFace(folder = "hugging-face"): Model {
  const [config, processor] = ["config.json", "preprocessor_config.json"].map((name) => fixture(`${folder}/${name}`));
  return importSafetensors(fixture("hugging-face/model.safetensors"), {config, processor}, CARD);
}

/** The photo of the script that made the fixtures, as every network here is given it. */
function photo(height: number, width: number): tf.Tensor4D {
  const values = new Float32Array(height * width * 3);
  for (let i = 0; i < values.length; i++) {
    const [y, x, c] = [Math.floor(i / 3 / width), Math.floor(i / 3) % width, i % 3];
    values[i] = ((37 * y + 61 * x + 85 * c + 3 * y * x) % 256) / 127.5 - 1;
  }
  return tf.tensor4d(values, [1, height, width, 3]);
}

/** Logits and labels of a model, compared with what its maker's network gave in PyTorch. */
async function expectAlike(model: Model, outputStride: number, expected: Uint8Array): Promise<void> {
  const {logits, labels} = readSafetensors(expected).tensors;
  const [height, width] = labels!.shape as [number, number];
  const weights = loadWeights(model);
  const input = photo(height, width);
  const found = run(plan(model.network, {height, width, outputStride}), weights, input).logits;
  const map = labelMap(found, {height: 1, width: 1}, height, width);
  const enlarged = tf.image.resizeBilinear(found, [height, width], true);
  try {
    expect(found.shape.slice(1)).toEqual(logits!.shape);
    expect(largestDifference(await found.data(), safetensorsValues(logits!))).toBeLessThan(1e-3);
    const [ours, theirs, scores] = [await map.data(), safetensorsValues(labels!), await enlarged.data()];
    expect(apartOffTies(ours, theirs, scores, 1e-3)).toEqual([]);
    // Otherwise nothing would have been compared.
    expect(new Set(theirs).size).toBeGreaterThan(1);
  } finally {
    weights.dispose();
    tf.dispose([input, found, map, enlarged]);
  }
}

/** Output stride that each was given in PyTorch. */
const MODELS: readonly (readonly [name: string, outputStride: number])[] = [
  ["vainf-v3-mobilenet", 8],
  ["vainf-v3plus-mobilenet", 16],
  ["torchvision-deeplabv3_resnet50", 8],
  ["torchvision-lraspp_mobilenet_v3_large", 16]
];

describe("a state dict computes what it does in PyTorch", () => {
  test.each(MODELS)("%s", async (name, outputStride) => {
    await expectAlike(importTorch(fixture(`${name}.pth`), {}, CARD), outputStride, fixture(`${name}.expected.safetensors`));
  });

  test.each(["hugging-face", "hugging-face/even"])("%s", async (folder) => {
    await expectAlike(huggingFace(folder), 8, fixture(`${folder}/expected.safetensors`));
  });
});

// Made on the fly by Debian's Python, for which it has a torchvision. A test that is left out is not one that is skipped.
if (process.env["LONG"]) {
  describe("the whole networks do, too", () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(path.join(tmpdir(), "deeplab-pytorch-"));
      execFileSync("/usr/bin/python3", [path.join(FIXTURES, "fixtures.py"), "--whole", folder]);
    });
    afterAll(() => rmSync(folder, {recursive: true}));

    test.each([
      ["vainf-v3-mobilenet", 16],
      ["vainf-v3plus-mobilenet", 16],
      ["vainf-v3plus-resnet101", 16],
      ["torchvision-deeplabv3_resnet50", 8],
      ["torchvision-deeplabv3_resnet101", 8],
      ["torchvision-deeplabv3_mobilenet_v3_large", 16],
      ["torchvision-lraspp_mobilenet_v3_large", 16],
      ["hugging-face", 8]
    ])("%s", async (name, outputStride) => {
      const read = (file: string) => new Uint8Array(readFileSync(path.join(folder, file)));
      const isFolder = name === "hugging-face";
      const model = isFolder
        ? importSafetensors(read(`${name}/model.safetensors`), {config: read(`${name}/config.json`)}, CARD)
        : importTorch(read(`${name}.pth`), {}, CARD);
      await expectAlike(model, outputStride, read(`${name}${isFolder ? "/" : "."}expected.safetensors`));
      const known = KNOWN_NETWORKS.find((each) => `torchvision-${each.name}` === name);
      if (known) expect(model.network).toEqual(known.build());
    });
  });
}

test("what was imported is written as a model file and read again", () => {
  const model = importTorch(fixture("vainf-v3-mobilenet.pth"), {}, CARD);
  const {network, weights} = readModel(writeModel(model));
  expect(network).toEqual(model.network);
  expect(Object.keys(weights).sort()).toEqual(Object.keys(model.weights).sort());
});

test("classes have the names that the config gives", () => {
  expect(huggingFace().card.classes).toEqual(["background", "thing 1", "thing 2", "thing 3"]);
});

test.each([
  [
    "misses",
    (dict: Map<string, NamedTensor>) => dict.delete("backbone.layer2.3.bn2.running_var"),
    /"backbone\.layer2\.3\.bn2\.running_var" is missing\.$/
  ],
  [
    "has in another shape",
    (dict: Map<string, NamedTensor>) =>
      dict.set("classifier.0.project.0.weight", {shape: [4, 3, 1, 1], values: () => new Float32Array(12)}),
    /"classifier\.0\.project\.0\.weight" has the shape \[4, 3, 1, 1\] where \[\d+, \d+, 1, 1\] is expected\.$/
  ],
  [
    "has besides",
    (dict: Map<string, NamedTensor>) => dict.set("neck.weight", {shape: [1], values: () => new Float32Array(1)}),
    /it also holds "neck\.weight", which has no place there\.$/
  ]
])("what a state dict %s is said in its own words", (_, change, sentence) => {
  const dict = new Map(readTorchFile(fixture("torchvision-deeplabv3_resnet50.pth")));
  change(dict);
  expect(() => importStateDict(dict)).toThrow(expect.objectContaining({name: "FormatError", message: expect.stringMatching(sentence)}));
  expect(() => importStateDict(dict)).toThrow(/^This looks like DeepLab v3 on ResNet-50, but /);
});
