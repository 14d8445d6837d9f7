import * as layers from "@tensorflow/tfjs-layers";
import {lambda, upsamplingTo} from "./tfjs-layers.js";

/* Keras's DeepLabs in TensorFlow.js's layers, narrow, written from what their makers' Python does. */

type Symbolic = layers.SymbolicTensor;
const {layers: L} = layers;
const CLASSES = 5;
/** Channels of the head. */
const HEAD = 8;

const apply = (layer: layers.layers.Layer, input: Symbolic | Symbolic[]) => layer.apply(input) as Symbolic;
const normed = (input: Symbolic, epsilon = 1e-3) => apply(L.batchNormalization({epsilon}), input);
const relu = (input: Symbolic) => apply(L.activation({activation: "relu"}), input);
const conv = (input: Symbolic, filters: number, options: Partial<Parameters<typeof L.conv2d>[0]> = {}) =>
  apply(L.conv2d({filters, kernelSize: 1, padding: "same", useBias: false, ...options}), input);
const sides = ({shape}: Symbolic) => shape.slice(1, 3) as [number, number];
const divisible = (value: number) => {
  const rounded = Math.max(8, Math.floor((Math.floor(value) + 4) / 8) * 8);
  return rounded < 0.9 * value ? rounded + 8 : rounded;
};

/** bonlime/keras-deeplab-v3-plus, MobileNetV2: output stride 8, v3, Lambda layers. */
export function bonlimeMobileNetV2(side: number, alpha: number): layers.LayersModel {
  const photo = layers.input({shape: [side, side, 3]});
  const relu6 = (input: Symbolic) => apply(L.activation({activation: "relu6"}), input);
  let x = relu6(normed(conv(photo, divisible(32 * alpha), {kernelSize: 3, strides: 2})));
  const block = (filters: number, stride: number, rate: number, expansion: number, isSkipped: boolean) => {
    const input = x;
    if (expansion > 1) x = relu6(normed(conv(x, expansion * input.shape[3]!)));
    x = apply(L.depthwiseConv2d({kernelSize: 3, strides: stride, padding: "same", useBias: false, dilationRate: rate}), x);
    x = normed(conv(relu6(normed(x)), divisible(filters * alpha)));
    if (isSkipped) x = apply(L.add(), [input, x]);
  };
  block(16, 1, 1, 1, false);
  for (const [filters, repeats, stride, rates] of [
    [24, 2, 2, [1, 1]],
    [32, 3, 2, [1, 1]],
    [64, 4, 1, [1, 2]],
    [96, 3, 1, [2, 2]],
    [160, 3, 1, [2, 4]],
    [320, 1, 1, [4, 4]]
  ] as const) {
    for (let unit = 0; unit < repeats; unit++) block(filters, unit === 0 ? stride : 1, rates[unit === 0 ? 0 : 1], 6, unit > 0);
  }
  const features = x;
  let pooled = apply(L.globalAveragePooling2d({dataFormat: "channelsLast"}), features);
  pooled = apply(lambda(), apply(lambda(), pooled));
  pooled = apply(lambda(sides(features)), relu(normed(conv(pooled, HEAD), 1e-5)));
  const plain = relu(normed(conv(features, HEAD), 1e-5));
  x = relu(normed(conv(apply(L.concatenate(), [pooled, plain]), HEAD), 1e-5));
  x = conv(apply(L.dropout({rate: 0.1}), x), CLASSES, {useBias: true, name: "custom_logits_semantic"});
  x = apply(lambda([side, side]), x);
  return layers.model({inputs: photo, outputs: apply(L.activation({activation: "softmax"}), x)});
}

/** The same with Xception: output stride 16, v3+, custom layers that enlarge. @param middle units of the middle flow, 16 there */
export function bonlimeXception(side: number, width: number, middle: number): layers.LayersModel {
  const scaled = (channels: number) => Math.round(channels * width);
  const photo = layers.input({shape: [side, side, 3]});
  const separable = (input: Symbolic, filters: number, stride: number, rate: number, isInside: boolean, epsilon = 1e-3) => {
    let x = input;
    if (stride > 1) x = apply(L.zeroPadding2d({padding: [1, 1]}), x);
    if (!isInside) x = relu(x);
    const options = {kernelSize: 3, strides: stride, useBias: false, dilationRate: rate};
    x = normed(apply(L.depthwiseConv2d({...options, padding: stride > 1 ? "valid" : "same"}), x), epsilon);
    if (isInside) x = relu(x);
    x = normed(conv(x, filters), epsilon);
    return isInside ? relu(x) : x;
  };
  let skip: Symbolic | undefined;
  const block = (input: Symbolic, channels: readonly number[], shortcut: "conv" | "sum" | "none", stride: number, rate = 1) => {
    let x = input;
    channels.forEach((filters, index) => {
      x = separable(x, scaled(filters), index === 2 ? stride : 1, rate, shortcut === "none");
      if (index === 1 && channels[0] === 256) skip = x;
    });
    if (shortcut === "none") return x;
    const padded = stride > 1 ? apply(L.zeroPadding2d({padding: [0, 0]}), input) : input;
    const other =
      shortcut === "sum" ? input : normed(conv(padded, scaled(channels[2]!), {strides: stride, padding: stride > 1 ? "valid" : "same"}));
    return apply(L.add(), [x, other]);
  };
  let x = relu(normed(conv(photo, scaled(32), {kernelSize: 3, strides: 2})));
  x = relu(normed(conv(x, scaled(64), {kernelSize: 3})));
  for (const channels of [128, 256, 728]) x = block(x, [channels, channels, channels], "conv", 2);
  for (let unit = 0; unit < middle; unit++) x = block(x, [728, 728, 728], "sum", 1);
  x = block(x, [728, 1024, 1024], "conv", 1);
  const features = block(x, [1536, 1536, 2048], "none", 1, 2);
  let pooled = apply(L.averagePooling2d({poolSize: sides(features)}), features);
  pooled = apply(upsamplingTo(sides(features)), relu(normed(conv(pooled, HEAD), 1e-5)));
  const plain = relu(normed(conv(features, HEAD), 1e-5));
  const atrous = [6, 12, 18].map((rate) => separable(features, HEAD, 1, rate, true, 1e-5));
  x = relu(normed(conv(apply(L.concatenate(), [pooled, plain, ...atrous]), HEAD), 1e-5));
  x = apply(upsamplingTo(sides(skip!)), apply(L.dropout({rate: 0.1}), x));
  x = apply(L.concatenate(), [x, relu(normed(conv(skip!, 6), 1e-5))]);
  x = separable(separable(x, HEAD, 1, 1, true, 1e-5), HEAD, 1, 1, true, 1e-5);
  x = apply(upsamplingTo([side, side]), conv(x, CLASSES, {useBias: true}));
  return layers.model({inputs: photo, outputs: x});
}

/** Keras's example: v3+ on ResNet-50, here in a model of its own, enlargements with half-pixel centres, logits after the last of them. */
export function kerasExample(side: number, width: number): layers.LayersModel {
  const scaled = (channels: number) => Math.round(channels * width);
  const EPSILON = 1.001e-5;
  const input = layers.input({shape: [side, side, 3]});
  const biased = (from: Symbolic, filters: number, options: Partial<Parameters<typeof L.conv2d>[0]> = {}) =>
    normed(conv(from, filters, {useBias: true, padding: "valid", ...options}), EPSILON);
  let x = biased(apply(L.zeroPadding2d({padding: [3, 3]}), input), scaled(64), {kernelSize: 7, strides: 2});
  x = apply(L.maxPooling2d({poolSize: 3, strides: 2}), apply(L.zeroPadding2d({padding: [1, 1]}), relu(x)));
  const inside: Symbolic[] = [];
  for (const [stack, units] of [3, 4, 6].entries()) {
    for (let unit = 0; unit < units; unit++) {
      const filters = scaled(64 * 2 ** stack);
      const strides = unit === 0 && stack > 0 ? 2 : 1;
      const shortcut = unit === 0 ? biased(x, 4 * filters, {strides}) : x;
      const opened = relu(biased(relu(biased(x, filters, {strides})), filters, {kernelSize: 3, padding: "same"}));
      if (unit === units - 1) inside.push(opened);
      x = relu(apply(L.add(), [shortcut, biased(opened, 4 * filters)]));
    }
  }
  const resnet = layers.model({inputs: input, outputs: [inside[0]!, inside[2]!], name: "resnet"});

  const photo = layers.input({shape: [side, side, 3]});
  const [low, features] = resnet.apply(photo) as unknown as [Symbolic, Symbolic];
  const block = (from: Symbolic, filters: number, kernelSize: number, dilationRate = 1, useBias = false) =>
    apply(L.reLU(), normed(conv(from, filters, {kernelSize, dilationRate, useBias})));
  const enlarged = (from: Symbolic, to: Symbolic) => {
    const factor = sides(to).map((cells, axis) => cells / sides(from)[axis]!) as [number, number];
    return apply(L.upSampling2d({size: factor, interpolation: "bilinear"}), from);
  };
  const pooled = enlarged(block(apply(L.averagePooling2d({poolSize: sides(features)}), features), HEAD, 1, 1, true), features);
  const branches = [block(features, HEAD, 1), ...[6, 12, 18].map((rate) => block(features, HEAD, 3, rate))];
  x = block(apply(L.concatenate({axis: -1}), [pooled, ...branches]), HEAD, 1);
  x = apply(L.concatenate({axis: -1}), [enlarged(x, low), block(low, 6, 1)]);
  x = block(block(x, HEAD, 3), HEAD, 3);
  return layers.model({inputs: photo, outputs: conv(enlarged(x, photo), CLASSES, {useBias: true})});
}
