import {readFile} from "node:fs/promises";
import path from "node:path";
import {describe, expect, test} from "vitest";
import {cost} from "../../src/engine/cost.js";
import {mobileNetV2} from "../../src/engine/backbones/mobilenetv2.js";
import {plan, weightShapes} from "../../src/engine/plan.js";
import {readGraphModel} from "../../src/formats/graph-model.js";
import {readGraphDef} from "../../src/formats/graphdef.js";
import {readSafetensors, safetensorsValues} from "../../src/formats/safetensors.js";
import {readTflite} from "../../src/formats/tflite.js";
import type {TfliteTensor} from "../../src/formats/tflite.js";
import {importGraphDef, importGraphModel, importMace, importTflite} from "../../src/importers/import.js";
import {released} from "../../src/engine/released.js";
import {hasShared, shared} from "../shared.js";

const CARD = {name: "test", license: "Apache-2.0", source: "the release", measured: ""};

/** Name that TensorFlow gives to the layer of a unit, or of the head. */
function slimName(canonical: string): string {
  const heads: Readonly<Record<string, string>> = {
    "backbone/conv": "MobilenetV2/Conv",
    "aspp/conv_1x1": "aspp0",
    "aspp/image_pooling": "image_pooling",
    "aspp/projection": "concat_projection",
    logits: "logits/semantic"
  };
  const [, unit, part] = /^backbone\/block_(\d+)\/(\w+)$/.exec(canonical) ?? [];
  if (unit === undefined) return heads[canonical]!;
  return `MobilenetV2/expanded_conv${Number(unit) === 0 ? "" : `_${Number(unit)}`}/${part}`;
}

const layersOf = (width: number) => [
  ...new Set(Object.keys(weightShapes(released(width))).map((name) => name.replace(/\/(kernel|bias)$/, "")))
];

/** The value at an index of a row-major array. */
function at(shape: readonly number[], values: ArrayLike<number>, ...index: number[]): number {
  return values[index.reduce((offset, i, axis) => offset * shape[axis]! + i, 0)]!;
}

describe.skipIf(!hasShared)("the released float TensorFlow Lite file", async () => {
  const bytes = hasShared ? await readFile(shared("models/deeplabv3_257_mv_gpu.tflite")) : new Uint8Array();
  const model = () => importTflite(bytes, CARD);

  test("is MobileNetV2 0.5 with image pooling and 1x1, ReLU6 in the backbone and ReLU in the head", () => {
    expect(model().network).toEqual(released(0.5));
    expect(model().card).toMatchObject({...CARD, classes: {length: 21}, palette: {length: 21}});
  });

  test("has every kernel and bias at its place, found by the file's own names", () => {
    const {weights} = model();
    const byName = new Map(readTflite(bytes).tensors.map((tensor) => [tensor.name, tensor]));
    for (const layer of layersOf(0.5)) {
      const slim = slimName(layer);
      const {kernel, bias} = layer.endsWith("/depthwise")
        ? {kernel: byName.get(`${slim}/depthwise_weights`)!, bias: byName.get(`${slim}/depthwise_bias`)!}
        : {kernel: byName.get(`${slim}/weights`)!, bias: byName.get(`${slim}/Conv2D_bias`)!};
      expect(weights[`${layer}/bias`]!.values).toEqual(floats(bias));
      const raw = floats(kernel);
      const {shape, values} = weights[`${layer}/kernel`]!;
      const [height, width, inputs, outputs] = shape as [number, number, number, number];
      let different = 0;
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          for (let i = 0; i < inputs; i++) {
            for (let o = 0; o < outputs; o++) {
              const original = layer.endsWith("/depthwise") ? at(kernel.shape, raw, 0, y, x, i) : at(kernel.shape, raw, o, y, x, i);
              if (at(shape, values, y, x, i, o) !== original) different++;
            }
          }
        }
      }
      expect(different, layer).toBe(0);
      expect(values.length).toBe(raw.length);
    }
  });

  test("cut off anywhere is refused with a sentence", () => {
    for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 40)) {
      expect(() => importTflite(bytes.subarray(0, length), CARD)).toThrow(
        expect.objectContaining({name: expect.stringMatching(/FormatError|NotDeepLabError/)})
      );
    }
  });
});

/** Float32 values of a tensor, by another way than the reader's. */
function floats({data}: TfliteTensor): Float32Array {
  return new Float32Array(Uint8Array.from(data).buffer);
}

describe.skipIf(!hasShared)("the released quantised TensorFlow Lite file", async () => {
  const bytes = hasShared ? await readFile(shared("models/deeplabv3_mnv2_pascal_quant.tflite")) : new Uint8Array();

  test("is MobileNetV2 1.0 with image pooling and 1x1", () => {
    expect(importTflite(bytes, CARD).network).toEqual(released(1));
  });

  test("is dequantised: scale * (stored - zero point)", () => {
    const {weights} = importTflite(bytes, CARD);
    const {tensors, operators} = readTflite(bytes);
    const [stem, depthwise] = operators;
    const [kernel, bias] = [tensors[stem!.inputs[1]!]!, tensors[stem!.inputs[2]!]!];
    const {scales, zeroPoints} = kernel.quantisation!;
    const stored = at([32, 3, 3, 3], kernel.data, 5, 2, 1, 0);
    expect(weights["backbone/conv/kernel"]!.values[((2 * 3 + 1) * 3 + 0) * 32 + 5]).toBe(
      Math.fround(scales[0]! * (stored - zeroPoints[0]!))
    );
    const wholeNumber = new DataView(bias.data.buffer, bias.data.byteOffset).getInt32(4 * 7, true);
    expect(weights["backbone/conv/bias"]!.values[7]).toBe(Math.fround(bias.quantisation!.scales[0]! * wholeNumber));
    const second = tensors[depthwise!.inputs[1]!]!;
    expect(weights["backbone/block_00/depthwise/kernel"]!.values[100]).toBe(
      Math.fround(second.quantisation!.scales[0]! * (second.data[100]! - second.quantisation!.zeroPoints[0]!))
    );
  });
});

describe.skipIf(!hasShared)("the TensorFlow.js graph model", async () => {
  const folder = hasShared ? shared("models/deeplabv3_mnv2_pascal_train_aug_tfjs_uint8") : "";
  const [json, shard] = hasShared
    ? await Promise.all(["model.json", "group1-shard1of1.bin"].map((name) => readFile(path.join(folder, name))))
    : [];

  test("is the same network, its output stride 8 and spaces folded into batches notwithstanding", () => {
    expect(importGraphModel(json!, [shard!], CARD).network).toEqual(released(1));
  });

  test("has the folded products of its atrous units in their kernels", () => {
    const {weights} = importGraphModel(json!, [shard!], CARD);
    const {constants} = readGraphModel(json!, [shard!]);
    const unit = "MobilenetV2/expanded_conv_16/depthwise";
    const kernel = constants.get(`${unit}/depthwise_weights`)!.values;
    const scale = constants.get(`${unit}/BatchNorm/FusedBatchNorm/Scaled`)!.values;
    const product = kernel.map((value, i) => value * scale[i % 960]!);
    expect(weights["backbone/block_16/depthwise/kernel"]!.values).toEqual(product);
    expect(weights["backbone/block_16/depthwise/bias"]!.values).toEqual(constants.get(`${unit}/BatchNorm/FusedBatchNorm/Offset`)!.values);
    expect(weights["aspp/conv_1x1/kernel"]!.values).toEqual(constants.get("aspp0/Conv2D_weights")!.values);
  });
});

describe.skipIf(!hasShared)("a frozen graph of the release's export", async () => {
  const bytes = hasShared ? await readFile(shared("models/deeplab_dm05_portrait_frozen_inference_graph.pb")) : new Uint8Array();

  test("is MobileNetV2 0.5 with two classes", () => {
    const {network, card} = importGraphDef(bytes, CARD);
    expect(network).toEqual({...released(0.5), classes: 2});
    expect(card.classes).toEqual(["background", "person"]);
  });

  test.each([
    ["backbone/block_09/depthwise", "depthwise_weights", 0.001],
    ["backbone/block_03/expand", "weights", 0.001],
    ["aspp/projection", "weights", 1.001e-5]
  ])("has the batch normalisation of %s folded, with its own epsilon", (layer, kernelName, epsilon) => {
    const {weights} = importGraphDef(bytes, CARD);
    const {constants} = readGraphDef(bytes);
    const read = (name: string) => constants.get(`${slimName(layer)}/${name}`)!.values;
    const [gamma, beta, mean, variance] = ["gamma", "beta", "moving_mean", "moving_variance"].map((name) => read(`BatchNorm/${name}`)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array
    ];
    const {values} = weights[`${layer}/kernel`]!;
    const bias = weights[`${layer}/bias`]!.values;
    const original = read(kernelName);
    const channels = gamma.length;
    const deviation = variance.map((value) => Math.sqrt(value + epsilon));
    const far = values.findIndex((value, i) => {
      const expected = (original[i]! * gamma[i % channels]!) / deviation[i % channels]!;
      return Math.abs(value - expected) > 3e-7 * Math.abs(expected);
    });
    expect(far).toBe(-1);
    bias.forEach((value, c) => expect(value).toBeCloseTo(beta[c]! - (mean[c]! * gamma[c]!) / deviation[c]!, 5));
  });

  test("cut off anywhere is refused with a sentence", () => {
    for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 40)) {
      expect(() => importGraphDef(bytes.subarray(0, length), CARD)).toThrow(
        expect.objectContaining({name: expect.stringMatching(/FormatError|NotDeepLabError/)})
      );
    }
  });
});

/** By how much a number changes at most that is rounded to half precision: a half of its last place, or of the smallest number. */
const HALF_STEP = 2 ** -11;
const SMALLEST_HALF = 2 ** -25;

describe.skipIf(!hasShared)("the released graph of MACE", async () => {
  const [graph, data] = hasShared
    ? await Promise.all(["pb", "data"].map((ending) => readFile(shared(`models/deeplab_v3_plus_mobilenet_v2_quant.${ending}`))))
    : [];

  test("is a v3+ on MobileNetV2 1.0 for people: nothing after depthwise convolutions, ReLU not clipped, 48 channels of skip", () => {
    const {network, card} = importMace(graph!, data!, CARD);
    const {aspp} = released(1).head;
    expect(network).toEqual({
      backbone: mobileNetV2({activation: "relu"}),
      padding: "same",
      depthwise: {activation: "linear", bias: false},
      head: {
        aspp,
        decoder: [
          {
            lowLevelEndPoint: "block_02/depthwise",
            lowLevelChannels: 48,
            merge: "concat",
            convolutions: ["conv_0", "conv_1"].map((name) => ({name, channels: 256, separable: true}))
          }
        ],
        logits: "conv",
        activation: "relu"
      },
      classes: 2
    });
    expect(card).toMatchObject({
      classes: ["background", "person"],
      palette: [
        [0, 0, 0],
        [192, 128, 128]
      ]
    });
    const {parameters, multiplyAdds} = cost(plan(network, {height: 513, width: 513}));
    expect(parameters).toBe(2_240_866);
    expect(multiplyAdds / 1e9).toBeCloseTo(5.328, 3);
  });

  test("has the weights that another reader found, rounded to half precision there", async () => {
    const {weights} = importMace(graph!, data!, CARD);
    const {tensors} = readSafetensors(await readFile(shared("people-v3plus/people-linear.safetensors")));
    const expected = Object.entries(tensors).map(([name, entry]) => [name, safetensorsValues(entry)] as const);
    // It writes zeros where there is no bias.
    const [absent, there] = [expected.filter(([name]) => !weights[name]), expected.filter(([name]) => weights[name])];
    expect(absent.map(([name]) => name).filter((name) => !name.endsWith("/depthwise/bias"))).toEqual([]);
    expect(absent.every(([, values]) => values.every((value) => value === 0))).toBe(true);
    expect(new Set(there.map(([name]) => name))).toEqual(new Set(Object.keys(weights)));
    for (const [name, values] of there) {
      const own = weights[name]!.values;
      const rounding = (value: number) => (name.endsWith("/kernel") ? Math.max(HALF_STEP * Math.abs(value), SMALLEST_HALF) : 0);
      const different = own.filter((value, i) => !(Math.abs(value - values[i]!) <= rounding(value))).length;
      expect([own.length, different], name).toEqual([values.length, 0]);
    }
  });
});
