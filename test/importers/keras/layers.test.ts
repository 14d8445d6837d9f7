import {describe, expect, test} from "vitest";
import {readLayersModel} from "../../../src/formats/layers-model.js";
import {kerasOperations} from "../../../src/importers/keras/keras-operations.js";
import type {Operation} from "../../../src/importers/operations.js";
import {tinyLayers} from "../../formats/tiny-layers.js";
import type {TinyLayer, TinyOptions} from "../../formats/tiny-layers.js";

/** The operations of layers after the photo. */
function operationsOf(layers: readonly TinyLayer[], options: TinyOptions = {}): Operation[] {
  const [json, shard] = tinyLayers(layers, options);
  return [...kerasOperations(readLayersModel(json, [shard])).values()].slice(1);
}
const one = (kind: string, config: object = {}, options: TinyOptions = {}, more: Partial<TinyLayer> = {}) =>
  operationsOf([{kind, config, ...more}], options);

const ones = (count: number) => new Float32Array(count).fill(1);
const KERNEL = {weights: {kernel: ones(12)}, shapes: {kernel: [1, 1, 3, 4]}};

describe("a convolution", () => {
  test("has stride, dilation and padding, then its bias, then its activation", () => {
    const config = {strides: [2, 2], dilation_rate: 1, padding: "same", use_bias: true, activation: "relu6"};
    const weights = {...KERNEL.weights, bias: [1, 2, 3, 4]};
    expect(one("Conv2D", config, {}, {...KERNEL, weights})).toEqual([
      {op: "conv", input: "photo", kernel: {shape: [1, 1, 3, 4], values: ones(12)}, stride: 2, rate: 1, padding: "same"},
      {op: "affine", input: "layer_1/0", shift: Float32Array.of(1, 2, 3, 4)},
      {op: "activation", input: "layer_1/1", activation: "relu6"}
    ]);
  });

  test("that is separable is two", () => {
    const weights = {depthwise_kernel: ones(27), pointwise_kernel: ones(12)};
    const shapes = {depthwise_kernel: [3, 3, 3, 1], pointwise_kernel: [1, 1, 3, 4]};
    const config = {dilation_rate: [6, 6], strides: 1, padding: "same", use_bias: false};
    expect(one("SeparableConv2D", config, {}, {weights, shapes})).toMatchObject([
      {op: "depthwise", input: "photo", rate: 6, stride: 1, padding: "same"},
      {op: "conv", input: "layer_1/0", kernel: {shape: [1, 1, 3, 4]}, rate: 1}
    ]);
  });

  test("over single channels is ours, with several for each it is not", () => {
    const config = {strides: 1, dilation_rate: 2, padding: "valid", use_bias: false};
    const of = (multiplier: number) => ({
      weights: {depthwise_kernel: ones(3 * multiplier)},
      shapes: {depthwise_kernel: [1, 1, 3, multiplier]}
    });
    expect(one("DepthwiseConv2D", config, {}, of(1))).toMatchObject([{op: "depthwise", rate: 2, padding: "valid"}]);
    expect(one("DepthwiseConv2D", config, {}, of(2))).toMatchObject([{op: "other", what: 'the layer "layer_1" (DepthwiseConv2D)'}]);
  });

  test.each([{groups: 3}, {data_format: "channels_first"}, {strides: [1, 2]}, {padding: "causal"}])("with %j is not ours", (config) => {
    expect(one("Conv2D", {use_bias: false, ...config}, {}, KERNEL)).toMatchObject([{op: "other"}]);
  });

  test("with an activation that is not known says which", () => {
    expect(one("Conv2D", {use_bias: false, activation: "elu"}, {}, KERNEL)).toMatchObject([
      {op: "conv"},
      {op: "other", inputs: ["layer_1/0"], what: "the activation elu"}
    ]);
  });

  test("without its weights is refused with their name", () => {
    expect(() => one("Conv2D", {use_bias: false})).toThrow('the weight "layer_1/kernel" is missing');
  });
});

describe("a batch normalisation", () => {
  const weights = {gamma: [2], beta: [3], moving_mean: [1], moving_variance: [0.999]};
  const {gamma, beta, ...measured} = weights;
  const scaleAndShift = ([operation]: Operation[]) => {
    const {scale, shift} = operation as Extract<Operation, {op: "affine"}>;
    return [scale![0], shift![0]];
  };
  test("has Keras's epsilon by default, and its own", () => {
    expect(scaleAndShift(one("BatchNormalization", {axis: [3]}, {}, {weights}))).toEqual([2, 1]);
    expect(scaleAndShift(one("BatchNormalization", {epsilon: 3.001}, {}, {weights}))).toEqual([1, 2]);
  });
  test("may have neither scale nor centre", () => {
    expect(scaleAndShift(one("BatchNormalization", {scale: false, center: false}, {}, {weights: measured}))).toEqual([1, -1]);
    expect(scaleAndShift(one("BatchNormalization", {scale: false}, {}, {weights: {beta, ...measured}}))).toEqual([1, 2]);
    expect(scaleAndShift(one("BatchNormalization", {center: false}, {}, {weights: {gamma, ...measured}}))).toEqual([2, -2]);
  });
  test("with lists of several lengths is damaged", () => {
    expect(() => one("BatchNormalization", {}, {}, {weights: {...weights, beta: [1, 2]}})).toThrow(/not of one length/);
  });
});

test("activations clip at six or not at all", () => {
  expect(one("ReLU", {max_value: 6, negative_slope: 0, threshold: 0})).toMatchObject([{op: "activation", activation: "relu6"}]);
  expect(one("ReLU", {max_value: null})).toMatchObject([{activation: "relu"}]);
  expect(one("ReLU", {negative_slope: 0.1})).toMatchObject([{op: "other"}]);
  expect(one("Activation", {activation: {class_name: "function", config: "relu6"}})).toMatchObject([{activation: "relu6"}]);
  expect(one("Activation", {activation: "linear"})).toMatchObject([{op: "same"}]);
  expect(one("Activation", {activation: "hard_sigmoid"})).toMatchObject([{op: "other", what: "the activation hard_sigmoid"}]);
});

test("zeros around a map are given for all sides, for rows and columns, or for each", () => {
  const margins = (padding: unknown) => (one("ZeroPadding2D", {padding})[0] as Extract<Operation, {op: "pad"}>).margins;
  expect(margins(2)).toEqual({before: [2, 2], after: [2, 2]});
  expect(margins([1, 2])).toEqual({before: [1, 2], after: [1, 2]});
  expect(margins([[0, 1], [2, 3]])).toEqual({before: [0, 2], after: [1, 3]}); // prettier-ignore
});

describe("a map enlarged", () => {
  const enlarged = (config: object, options: TinyOptions = {}) => one("UpSampling2D", {size: [2, 2], ...config}, options)[0];
  test("bilinearly has half-pixel centres since TensorFlow 2, and none before or where TensorFlow.js made the model", () => {
    for (const version of ["2.2.4-tf", "2.3.1", "2.13.1", "3.4.1"])
      expect(enlarged({interpolation: "bilinear"}, {version})).toMatchObject({op: "resize", mode: "half_pixel"});
    for (const version of ["2.2.4", "2.1.6", "tfjs-layers 4.22.0"])
      expect(enlarged({interpolation: "bilinear"}, {version})).toMatchObject({op: "resize", mode: "neither"});
  });
  test("by the nearest cell is not ours, but for a single cell", () => {
    expect(enlarged({interpolation: "nearest"})).toMatchObject({op: "other", what: 'an enlargement by the way "nearest"'});
    const pooled = operationsOf([{kind: "GlobalAveragePooling2D"}, {kind: "UpSampling2D", config: {size: [5, 7]}}]);
    expect(pooled).toMatchObject([{op: "mean"}, {op: "resize", size: [5, 7]}]);
  });
});

describe("the mean over a map", () => {
  test("is a pool of its size, where that is known", () => {
    const pool = {kind: "AveragePooling2D", config: {pool_size: [4, 6]}};
    expect(operationsOf([pool], {size: [4, 6]})).toMatchObject([{op: "mean"}]);
    expect(operationsOf([pool], {size: [8, 12]})).toMatchObject([{op: "pool", kind: "mean", window: [4, 6], stride: [4, 6]}]);
    expect(operationsOf([pool])).toMatchObject([{op: "pool"}]);
  });
  test("is known behind convolutions and pools of any padding", () => {
    const strided = {
      kind: "Conv2D",
      config: {strides: 2, padding: "same", use_bias: false},
      weights: {kernel: ones(81)},
      shapes: {kernel: [3, 3, 3, 3]}
    };
    const padded = {kind: "ZeroPadding2D", config: {padding: 1}};
    const pooled = {kind: "MaxPooling2D", config: {pool_size: 3, strides: 2}};
    expect(
      operationsOf([strided, padded, pooled, {kind: "AveragePooling2D", config: {pool_size: 9}}], {size: [33, 34]}).at(-1)
    ).toMatchObject({op: "mean"});
  });
  test("may be put back into a map of one cell", () => {
    const pooled = operationsOf([{kind: "GlobalAveragePooling2D"}, {kind: "Reshape", config: {target_shape: [1, 1, 3]}}]);
    expect(pooled).toMatchObject([{op: "mean"}, {op: "same"}]);
    expect(operationsOf([{kind: "Reshape", config: {target_shape: [64, 64, 3]}}], {size: [32, 32]})).toMatchObject([{op: "other"}]);
  });
});

test("a photo may be resized and rescaled", () => {
  const prepared = operationsOf([
    {kind: "Resizing", config: {height: 65, width: 97, interpolation: "bilinear"}},
    {kind: "Rescaling", config: {scale: 1 / 127.5, offset: -1}}
  ]);
  expect(prepared).toEqual([
    {op: "resize", input: "photo", mode: "half_pixel", size: [65, 97]},
    {op: "affine", input: "layer_1", scale: Float32Array.of(1 / 127.5), shift: Float32Array.of(-1)}
  ]);
  expect(one("Resizing", {height: 9, width: 9, crop_to_aspect_ratio: true})).toMatchObject([{op: "other"}]);
});

test("bonlime's layer aligns corners; a namesake of which that is not known is not ours", () => {
  expect(one("BilinearUpsampling", {upsampling: [4, 4], output_size: null})).toMatchObject([{op: "resize", mode: "corners"}]);
  expect(one("Custom>BilinearUpsampling", {upsampling: null, output_size: [9, 9]})).toMatchObject([{op: "resize", mode: "corners"}]);
  expect(one("BilinearUpsampling", {size: [4, 4]})).toMatchObject([{op: "other"}]);
});

test("lists that no layer has, or that are named without end, are refused before they fill the memory", () => {
  const large = (length: number) =>
    Object.fromEntries(["gamma", "beta", "moving_mean", "moving_variance"].map((role) => [role, ones(length)]));
  expect(() => one("BatchNormalization", {}, {}, {weights: large(2 ** 15)})).toThrow(
    '"layer_1/gamma" has more values than any layer has channels'
  );
  const [json, shard] = tinyLayers([{kind: "BatchNormalization", weights: large(2 ** 13)}]);
  const often = new TextDecoder()
    .decode(json)
    .replace('"inbound_nodes":[[["photo",0,0,{}]]]', `"inbound_nodes":[${Array.from({length: 600}, () => '[["photo",0,0,{}]]').join()}]`);
  expect(() => kerasOperations(readLayersModel(new TextEncoder().encode(often), [shard]))).toThrow(
    /more than 4194304 factors and summands/
  );
});

describe("functions outside of layers", () => {
  const call = (name: string, options: object, config: object = {}) => {
    const [json, shard] = tinyLayers([{kind: "TFOpLambda", config: {function: name, ...config}}]);
    const text = new TextDecoder().decode(json).replace('[["photo",0,0,{}]]', JSON.stringify(["photo", 0, 0, options]));
    return [...kerasOperations(readLayersModel(new TextEncoder().encode(text), [shard])).values()][1];
  };
  test.each([
    ["nn.relu", {name: null}, {op: "activation", activation: "relu"}],
    ["math.reduce_mean", {axis: [1, 2], keepdims: true}, {op: "mean"}],
    ["math.reduce_mean", {axis: [0]}, {op: "other"}],
    ["compat.v1.image.resize", {size: [9, 9], align_corners: true}, {op: "resize", mode: "corners", size: [9, 9]}],
    ["compat.v1.image.resize", {size: [9, 9]}, {op: "resize", mode: "neither"}],
    ["image.resize", {size: [9, 9], method: "bilinear"}, {op: "resize", mode: "half_pixel"}],
    ["image.resize", {size: [9, 9], method: "nearest"}, {op: "other"}],
    ["math.truediv", {y: 127.5, name: null}, {op: "affine", scale: Float32Array.of(1 / 127.5)}],
    ["math.subtract", {y: 1, name: null}, {op: "affine", shift: Float32Array.of(-1)}],
    ["math.multiply", {y: [1, 2, 3]}, {op: "affine", scale: Float32Array.of(1, 2, 3)}],
    ["math.add", {y: ["photo", 0, 0], name: null}, {op: "add", inputs: ["photo", "photo"]}],
    ["exec", {code: "1"}, {op: "other", what: 'the layer "layer_1" (exec)'}]
  ])("%s of %j", (name, options, expected) => {
    expect(call(name, options)).toMatchObject(expected);
  });
});
