import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import {afterAll, beforeAll, describe, expect, test, vi} from "vitest";
import {mobileNetV2} from "../../../src/engine/backbones/mobilenetv2.js";
import {normalised, normalisingWeights} from "../../../src/engine/backbones/normalise.js";
import {kerasResNet} from "../../../src/engine/backbones/resnet.js";
import {scaledInEights} from "../../../src/engine/backbones/width.js";
import {xception} from "../../../src/engine/backbones/xception.js";
import type {Model} from "../../../src/engine/model.js";
import {plan} from "../../../src/engine/plan.js";
import {run} from "../../../src/engine/run.js";
import {seededValues} from "../../../src/engine/seeded.js";
import {importLayersModel} from "../../../src/importers/import.js";
import {parseDescription, writeDescription} from "../../../src/importers/network-description.js";
import {useBackend} from "../../backend.js";
import lambdas from "../../fixtures/keras/lambdas.json" with {type: "json"};
import {inKeras3} from "./keras3.js";
import {bonlimeMobileNetV2, bonlimeXception, kerasExample} from "./networks.js";
import {bytesOf, correctLayers, fillWeights, saved} from "./tfjs-layers.js";
import type {KerasLayerConfig, SavedModel} from "./tfjs-layers.js";

const CARD = {name: "test", license: "", source: "", measured: ""};
const SIDE = 64;
const imported = (kept: SavedModel) => importLayersModel(bytesOf(kept), [kept.shard], CARD);
const photo = () => tf.tensor4d(seededValues(7, SIDE * SIDE * 3), [1, SIDE, SIDE, 3]);

await useBackend("wasm");
beforeAll(correctLayers);
afterAll(() => vi.restoreAllMocks());

/** A model with weights, and as it is kept. */
async function kept(model: layers.LayersModel): Promise<{model: layers.LayersModel; files: SavedModel}> {
  fillWeights(model, 1);
  return {model, files: await saved(model)};
}

/** The same, changed. */
function changed({json, shard}: SavedModel, change: (layers: KerasLayerConfig[]) => void): SavedModel {
  const own = structuredClone(json);
  change(own.modelTopology.model_config.config.layers);
  return {json: own, shard};
}

/** To compare lists of numbers one by one takes seconds. */
function expectSame(a: Model, b: Model): void {
  expect(a.network).toEqual(b.network);
  expect(Object.keys(a.weights)).toEqual(Object.keys(b.weights));
  const differing = Object.keys(a.weights).filter((name) => {
    const [one, other] = [a, b].map(({weights}) => Buffer.from(weights[name]!.values.buffer));
    return !one!.equals(other!);
  });
  expect(differing).toEqual([]);
}

/** How far the engine's logits are from those of TensorFlow.js's own layers, as a part of all that these say. */
async function difference({network, weights}: Model, model: layers.LayersModel, outputStride: number): Promise<number> {
  const softmax = model.layers.at(-1)!.getConfig()["activation"] === "softmax";
  const output = model.layers.at(softmax ? -2 : -1)!.output as layers.SymbolicTensor;
  const reference = layers.model({inputs: model.inputs, outputs: output}).predict(photo()) as tf.Tensor4D;
  const tensors = Object.fromEntries(Object.entries(weights).map(([name, {values, shape}]) => [name, tf.tensor(values, [...shape])]));
  const {logits} = run(plan(network, {height: SIDE, width: SIDE, outputStride}), {tensors}, photo());
  // Aligned corners are drawn, and half-pixel centres part of the network.
  const ours = await (network.sampling ? logits : tf.image.resizeBilinear(logits, [SIDE, SIDE], true)).data();
  const theirs = await reference.data();
  expect(ours.length).toBe(theirs.length);
  const span = Math.max(...theirs) - Math.min(...theirs);
  expect(span).toBeGreaterThan(1);
  return Math.max(...theirs.map((value, i) => Math.abs(value - ours[i]!))) / span;
}

describe("bonlime/keras-deeplab-v3-plus", async () => {
  const mobile = await kept(bonlimeMobileNetV2(SIDE, 0.5));

  test("on MobileNetV2 is v3 and gives Keras's logits, its Lambda layers read and not run", async () => {
    const found = imported(mobile.files);
    expect(found.network).toEqual({
      backbone: mobileNetV2({width: 0.5, channels: scaledInEights(0.5)}),
      head: {
        aspp: {
          branches: (["image_pooling", "conv_1x1"] as const).map((kind) => ({kind, name: kind, channels: 8})),
          projectionChannels: 8
        },
        decoder: [],
        logits: "conv",
        activation: "relu"
      },
      padding: "same",
      classes: 5
    });
    expect(await difference(found, mobile.model, 8)).toBeLessThan(1e-4);
  });

  const withLambda = (index: number, code: string) =>
    changed(mobile.files, (all) => {
      all.filter(({class_name: kind}) => kind === "Lambda")[index]!.config["function"] = [code, null, null];
    });

  test.each(["arithmetic", "two calls", "nearest cell"] as const)(
    "with a Lambda layer in its pooling that is not known is refused",
    (name) => {
      expect(() => imported(withLambda(2, lambdas[name]))).toThrow(
        /after it: the Lambda layer "lambda_Lambda3", whose Python code is not run, is not known here/
      );
    }
  );

  test.each([
    ["corners not aligned", /enlarges its logits with neither corners aligned nor half-pixel centres/],
    // The network is then one with half-pixel centres throughout, which v3 is.
    ["nothing said of corners", null]
  ] as const)("with logits that are enlarged otherwise is what its code says (%s)", (name, message) => {
    const files = withLambda(3, lambdas[name]);
    if (message) expect(() => imported(files)).toThrow(message);
    else expect(imported(files).network.sampling).toBe("half_pixel");
  });

  test("with logits that are handed to a Lambda layer that is not known is read: what follows them is not needed", () => {
    expectSame(imported(withLambda(3, lambdas.arithmetic)), imported(mobile.files));
  });

  // Xception-41 is the same with a shorter middle.
  test.each(process.env["LONG"] ? [8, 16] : [8])("on Xception with %i middle units is v3+ and gives Keras's logits", async (middle) => {
    const {model, files} = await kept(bonlimeXception(SIDE, 1 / 16, middle));
    const found = imported(files);
    expect(parseDescription(writeDescription(found.network))).toEqual(found.network);
    expect(found.network.backbone).toEqual(xception({depth: middle === 8 ? 41 : 65, width: 1 / 16, rootPadding: "same"}));
    expect(found.network).toMatchObject({
      padding: "fixed",
      head: {decoder: [{lowLevelEndPoint: "entry_2/separable_2/pointwise", lowLevelChannels: 6}]}
    });
    expect(await difference(found, model, 16)).toBeLessThan(1e-4);
  });
});

describe("Keras's example on ResNet-50", async () => {
  const MEAN = [103.939, 116.779, 123.68];
  const {model, files} = await kept(kerasExample(SIDE, 1 / 16));

  test("is v3+ with half-pixel centres and gives Keras's logits, its backbone a model in the model", async () => {
    const found = imported(files);
    expect(parseDescription(writeDescription(found.network))).toEqual(found.network);
    expect(found.network.backbone).toEqual(kerasResNet({width: 1 / 16, end: "block_3_conv"}));
    expect(found.network).toMatchObject({
      sampling: "half_pixel",
      padding: "fixed",
      head: {
        aspp: {branches: {length: 5}},
        decoder: [{lowLevelEndPoint: "block_1_unit_3/conv", lowLevelChannels: 6, convolutions: {length: 2}}]
      }
    });
    expect(await difference(found, model, 16)).toBeLessThan(1e-4);
  });

  test("as Keras 3 writes it is the same", () => {
    const now = inKeras3(files);
    expect(JSON.stringify(now.json)).toContain("keras_history");
    expectSame(imported(now), imported(files));
  });

  test.each(["Keras 2", "Keras 3"])("that prepares photos itself, blue first, less ImageNet's mean, as %s has it", async (version) => {
    const preparing = changed(files, (all) => {
      // The photo goes through a slice and a sum before the backbone.
      const [input, backbone] = [all[0]!, all.find(({config}) => config.layers)!];
      const call = (name: string, function_: string, from: string, options: object): KerasLayerConfig => ({
        class_name: function_.endsWith("getitem") ? "SlicingOpLambda" : "TFOpLambda",
        name,
        config: {name, function: function_},
        inbound_nodes: [[from, 0, 0, options]]
      });
      const slices = [{class_name: "__ellipsis__"}, {start: null, stop: null, step: -1}];
      all.push(
        call("tf.__operators__.getitem", "__operators__.getitem", input.name, {slice_spec: slices}),
        call("tf.nn.bias_add", "nn.bias_add", "tf.__operators__.getitem", {bias: MEAN.map((value) => -value), data_format: "NHWC"})
      );
      backbone.inbound_nodes = [[["tf.nn.bias_add", 0, 0, {}]]];
    });
    const found = imported(version === "Keras 3" ? inKeras3(preparing) : preparing);
    const before = imported(files);
    expect(found.network).toEqual({...before.network, backbone: normalised(before.network.backbone)});
    const {scale, shift} = normalisingWeights({mean: [...MEAN].reverse() as [number, number, number], deviation: [1, 1, 1]});
    expect(found.weights["backbone/normalise/scale"]).toEqual(scale);
    found.weights["backbone/normalise/shift"]!.values.forEach((value, channel) => expect(value).toBeCloseTo(shift.values[channel]!, 3));
    const root = "backbone/root/kernel";
    const [height, width, , outputs] = before.weights[root]!.shape as [number, number, number, number];
    const blueFirst = tf.reverse(tf.tensor(before.weights[root]!.values, [height, width, 3, outputs]), 2);
    expect(found.weights[root]!.values).toEqual(await blueFirst.data());
  });
});
