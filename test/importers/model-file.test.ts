import {readFile} from "node:fs/promises";
import path from "node:path";
import {describe, expect, test} from "vitest";
import {VOC_CLASSES} from "../../data/labels/voc.js";
import type {Model} from "../../src/engine/model.js";
import type {Network} from "../../src/engine/network.js";
import {weightShapes} from "../../src/engine/plan.js";
import {readSafetensors, safetensorsValues, writeSafetensors} from "../../src/formats/safetensors.js";
import {readModel, writeModel} from "../../src/importers/model-file.js";
import {complete, quantisable, randomWeights} from "../engine/networks.js";
import {unlike} from "./unlike.js";

const NANO = path.join(import.meta.dirname, "../../data/models/nano.safetensors");

const model: Model = {
  network: complete,
  weights: randomWeights(complete),
  card: {
    name: "test",
    classes: ["a", "b", "c", "d", "e"],
    palette: [
      [0, 0, 0],
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [1, 2, 3]
    ],
    license: "Apache-2.0",
    source: "a test",
    measured: "nothing"
  }
};

/** What files said of their network before they carried its description. */
const FACTS = {
  architecture: "deeplab-v3plus",
  backbone: "mobilenet_v2",
  width_multiplier: "0.25",
  aspp_rates: "[6,12]",
  aspp_rates_output_stride: "16",
  low_level_end_point: "block_02/depthwise",
  activation: "relu6",
  head_activation: "relu6"
};

/** The file of the model from before files carried a description, with other metadata or tensors. */
function changed({
  metadata = {},
  tensors = {},
  without = []
}: {
  metadata?: Record<string, string>;
  tensors?: Model["weights"];
  without?: string[];
}): Uint8Array {
  const {network: _, ...card} = readSafetensors(writeModel(model)).metadata;
  const weights = {...model.weights, ...tensors};
  for (const name of without) delete weights[name];
  return writeSafetensors({tensors: weights, type: "F32", metadata: {...card, ...FACTS, ...metadata}});
}

/** The file of the model with a part of its description changed: `at` names it by its keys. */
function described(at: readonly (string | number)[], value: unknown): Uint8Array {
  const {metadata} = readSafetensors(writeModel(model));
  const network = JSON.parse(metadata["network"]!) as Record<string | number, unknown>;
  const holder = at.slice(0, -1).reduce((inside, key) => inside[key] as typeof network, network);
  if (value === undefined) delete holder[at.at(-1)!];
  else holder[at.at(-1)!] = value;
  return writeSafetensors({tensors: model.weights, type: "F32", metadata: {...metadata, network: JSON.stringify(network)}});
}

test("a model is read back as it was written, description and card included", () => {
  expect(readModel(writeModel(model))).toEqual(model);
});

test("what follows depthwise convolutions is part of the description; kernels alone are read back", () => {
  const bare: Model = {...model, network: {...quantisable, classes: 5}, weights: randomWeights({...quantisable, classes: 5})};
  expect(readModel(writeModel(bare))).toEqual(bare);
  expect(Object.keys(bare.weights).filter((name) => name.endsWith("depthwise/bias"))).toEqual([]);
  expect(() => readModel(described(["depthwise"], {activation: "linear"}))).toThrow(/"depthwise\.bias" is missing/);
});

test("the same model gives the same bytes", () => {
  const reordered = Object.fromEntries(Object.entries(model.weights).toReversed());
  expect(Buffer.compare(writeModel({...model, weights: reordered}), writeModel(model))).toBe(0);
});

test("the same description gives the same bytes, in whatever order its keys were set", () => {
  const turned = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turned)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, each]) => [key, turned(each)])
          )
        : value;
  expect(Buffer.compare(writeModel({...model, network: turned(complete) as Network}), writeModel(model))).toBe(0);
});

test("a file from before files carried a description is read all the same", () => {
  expect(readModel(changed({}))).toEqual(model);
});

test("a network that no shape tells is read back by its description", () => {
  const whole = {...model, network: unlike, weights: randomWeights(unlike)};
  expect(readModel(writeModel(whole))).toEqual(whole);
});

test("float16 keeps three digits", () => {
  const {weights} = readModel(writeModel(model, {type: "F16"}));
  for (const [name, {values}] of Object.entries(model.weights)) {
    const close = values.every((value, i) => Math.abs(weights[name]!.values[i]! - value) <= 2 ** -11 * Math.abs(value) + 2 ** -25);
    expect(close, name).toBe(true);
  }
});

describe("the bundled nano", async () => {
  const bytes = await readFile(NANO);
  const {network, weights, card} = readModel(bytes);

  test("is a v3+ at width 0.5 with three separable branches and a decoder", () => {
    expect(network.backbone.options["width"]).toBe(0.5);
    expect(network.head.aspp.branches.map((branch) => (branch.kind === "atrous" ? branch.rate : branch.kind))).toEqual([
      "image_pooling",
      "conv_1x1",
      6,
      12,
      18
    ]);
    expect(network.head.decoder[0]).toMatchObject({
      lowLevelEndPoint: "block_02/depthwise",
      lowLevelChannels: 32,
      convolutions: {length: 2}
    });
    expect(network).toMatchObject({classes: 21, backbone: {units: {0: {activation: "relu6"}}}, head: {activation: "relu"}});
  });
  test("has its 861 589 parameters, as the file holds them", () => {
    expect(Object.values(weights).reduce((sum, {values}) => sum + values.length, 0)).toBe(861_589);
    const {tensors} = readSafetensors(bytes);
    expect(weights["logits/kernel"]!.values).toEqual(safetensorsValues(tensors["logits/kernel"]!));
  });
  test("has VOC's classes, and VOC's colours although it does not give any", () => {
    expect(card.classes).toEqual(VOC_CLASSES);
    expect(card.palette[15]).toEqual([192, 128, 128]);
    expect(card.license).toBe("Apache-2.0");
    expect(card.source).toMatch(/distilled from the released MobileNetV2/);
  });
});

describe("a file that does not hold what it should is refused with a sentence", () => {
  const wrong = {shape: [1, 1, 16, 6], values: new Float32Array(96)};
  const broken = {...model.weights["logits/bias"]!, values: new Float32Array([0, NaN, 0, 0, 0])};
  const cases: [string, Uint8Array, RegExp][] = [
    ["no logits", changed({without: ["logits/kernel"]}), /none is "logits", which every DeepLab has\. Give a DeepLab/],
    [
      "a missing bias",
      changed({without: ["backbone/block_05/expand/bias"]}),
      /looks like DeepLab v3\+ on MobileNetV2 0\.25, but "backbone\/block_05\/expand\/bias" is missing/
    ],
    [
      "a wrong shape",
      changed({tensors: {"aspp/conv_1x1/kernel": wrong}}),
      /"aspp\/projection\/kernel" has the shape|"aspp\/conv_1x1\/kernel" has the shape/
    ],
    ["a stranger", changed({tensors: {"aspp/atrous_7/kernel": wrong}}), /also holds "aspp\/atrous_7\/kernel", which has no place there/],
    ["values that are not numbers", changed({tensors: {"logits/bias": broken}}), /"logits\/bias" holds values that are not numbers/],
    ["too few rates", changed({metadata: {aspp_rates: "[6]"}}), /2 atrous branches, but 1 rates/],
    ["rates that are none", changed({metadata: {aspp_rates: "[6, 0]"}}), /"aspp_rates" is \[6, 0\]/],
    ["metadata that are not JSON", changed({metadata: {classes: "[oops"}}), /"classes" is \[oops/],
    ["another number of class names", changed({metadata: {classes: '["a"]'}}), /gives 1 class names for 5 classes/],
    ["colours beyond a byte", changed({metadata: {palette: "[[0, 0, 256]]"}}), /"palette" is/],
    ["an unknown activation", changed({metadata: {head_activation: "gelu"}}), /head_activation "gelu"/],
    ["an unknown end point", changed({metadata: {low_level_end_point: "block_99/depthwise"}}), /block_99/],
    ["another width", changed({metadata: {width_multiplier: "0.5"}}), /"backbone\/conv\/kernel" has the shape/]
  ];
  test.each(cases)("%s", (_, bytes, message) => {
    expect(() => readModel(bytes)).toThrow(message);
    expect(() => readModel(bytes)).toThrow(expect.objectContaining({name: expect.stringMatching(/FormatError|NotDeepLabError/)}));
  });
});

describe("a description that is not one, or not that of the weights, is refused with a sentence", () => {
  const unit = ["backbone", "units", 3];
  const cases: [string, (string | number)[], unknown, RegExp][] = [
    ["a part is missing", ["classes"], undefined, /"classes" is missing, and should be a whole number from 1 up/],
    ["a part is unknown", ["mood"], "good", /"mood" is "good", and should be left out: this version does not know it/],
    [
      "a kind of unit is unknown",
      [...unit, "kind"],
      "transformer",
      /"backbone\.units\[3\]\.kind" is "transformer", and should be one of conv, pool/
    ],
    [
      "an activation is unknown",
      [...unit, "activation"],
      "gelu",
      /"backbone\.units\[3\]\.activation" is "gelu", and should be one of linear, relu/
    ],
    ["a stride is none", [...unit, "stride"], 0.5, /"backbone\.units\[3\]\.stride" is 0\.5, and should be a whole number/],
    ["a rate is none", ["head", "aspp", "branches", 2, "rate"], -6, /"head\.aspp\.branches\[2\]\.rate" is -6/],
    ["a list is none", ["head", "decoder"], {}, /"head\.decoder" is \{\}, and should be a list/],
    ["a skip reads nothing", ["head", "decoder", 0, "lowLevelEndPoint"], "block_99/depthwise", /block_99/],
    ["another number of channels", ["backbone", "units", 17, "channels"], 7, /"backbone\/block_16\/project\/kernel" has the shape/],
    [
      "a layer more",
      ["head", "decoder", 0, "convolutions", 2],
      {name: "conv_2", channels: 16, separable: false},
      /conv_2\/kernel" is missing/
    ],
    ["a layer fewer", ["head", "decoder", 0, "convolutions"], [], /"logits\/kernel" has the shape|has no place there/]
  ];
  test.each(cases)("%s", (_, at, value, message) => {
    expect(() => readModel(described(at, value))).toThrow(message);
    expect(() => readModel(described(at, value))).toThrow(expect.objectContaining({name: "FormatError"}));
  });

  test.each([
    [{network: "{oops"}, /description of its network is damaged: it is not JSON/],
    [{network: "[]"}, /"" is \[\], and should be a set of named values/],
    [{preprocessing: "x - mean"}, /asks for the preprocessing "x - mean"; known is "x \/ 127\.5 - 1"/],
    [{align_corners: "false"}, /asks for the align_corners "false"/]
  ])("%j", (metadata, message) => {
    const file = readSafetensors(writeModel(model));
    const bytes = writeSafetensors({tensors: model.weights, type: "F32", metadata: {...file.metadata, ...metadata}});
    expect(() => readModel(bytes)).toThrow(message);
  });
});

test("every layer of the test network is in the file", () => {
  expect(Object.keys(readSafetensors(writeModel(model)).tensors)).toEqual(Object.keys(weightShapes(complete)).sort());
});
