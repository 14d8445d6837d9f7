import type {Weight} from "../engine/model.js";
import type {Activation} from "../engine/network.js";
import type {Sampling} from "../engine/steps/upsample.js";
import {FormatError} from "../formats/format-error.js";
import {readWhenAsked} from "../formats/node-graph.js";
import {checkTfliteValues, tfliteValues} from "../formats/tflite.js";
import type {Tflite, TfliteOperator, TfliteWindow} from "../formats/tflite.js";
import {FROM_OHWI, fourSides, turned} from "./kernel-layout.js";
import {channelValues, listCounter} from "./channel-lists.js";
import {addSteps, affineWith, isMeanOverMap, mapMarginsOf, marginsOf} from "./operations.js";
import type {Operation, Operations} from "./operations.js";
import {numbersOfBytes} from "./surroundings.js";

/** Activations that are fused into operators, and those that are operators. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {NONE: "linear", RELU: "relu", RELU6: "relu6"};
const OPERATOR_ACTIVATIONS: Readonly<Record<string, Activation>> = {
  RELU: "relu",
  RELU6: "relu6",
  HARD_SWISH: "hard_swish",
  LOGISTIC: "sigmoid"
};

/** The operations of a TensorFlow Lite graph; outputs are named by the index of their tensor. */
export function tfliteOperations({tensors, operators, inputs}: Tflite): Operations {
  const operations = new Map<string, Operation>();
  for (const photo of inputs) {
    const {type, quantisation} = tensors[photo]!;
    const [scale, zeroPoint] = [quantisation?.scales[0], quantisation?.zeroPoints[0] ?? 0];
    if (scale === undefined || (type !== "uint8" && type !== "int8")) continue;
    // Signed bytes are a photo's less 128.
    const bytes = {scale, zeroPoint: zeroPoint + (type === "int8" ? 128 : 0)};
    operations.set(String(photo), numbersOfBytes(`photo ${photo}`, bytes));
  }
  /** Float16 files keep their weights as constants that are "dequantised" in the run. */
  const dequantised = new Map(
    operators.flatMap(({op, inputs, outputs}) => (op === "DEQUANTIZE" ? [[outputs[0], inputs[0]] as const] : []))
  );

  const constant = (index: number | undefined): Weight | null => {
    const tensor = tensors[dequantised.get(index) ?? index ?? -1];
    if (!tensor || tensor.data.length === 0) return null;
    checkTfliteValues(tensor);
    return readWhenAsked(tensor.shape, () => tfliteValues(tensor));
  };

  const shapeOf = (index: number | undefined): readonly number[] => tensors[index ?? -1]?.shape ?? [];

  const count = listCounter();
  for (const operator of operators) {
    const [output = -1, ...others] = operator.outputs;
    const steps = elementary(operator, constant, shapeOf) ?? [{op: "other", inputs: operator.inputs.map(String), what: operator.op}];
    count(steps);
    addSteps(operations, String(output), steps);
    for (const other of others) operations.set(String(other), {op: "other", inputs: operator.inputs.map(String), what: operator.op});
  }
  return operations;
}

/** The steps of an operator, null where it is not one that our networks are made of. */
function elementary(
  operator: TfliteOperator,
  constant: (index: number | undefined) => Weight | null,
  shapeOf: (index: number | undefined) => readonly number[]
): Operation[] | null {
  const {op, inputs, activation} = operator;
  const [first = -1, second] = inputs;
  const input = String(first);
  const fused = ACTIVATIONS[activation];
  if (!fused) return null;
  const after: Operation[] = fused === "linear" ? [] : [{op: "activation", input, activation: fused}];
  switch (op) {
    case "CONV_2D":
    case "DEPTHWISE_CONV_2D": {
      const kernel = constant(second);
      const bias = channelValues(constant(inputs[2]));
      const convolution = kernel && windowed(operator, input, kernel);
      return convolution && [convolution, ...(bias ? [{op: "affine", input, shift: bias} as const] : []), ...after];
    }
    case "ADD":
    case "SUB":
    case "MUL":
      return arithmetic(op, inputs, after, (index) => channelValues(constant(index)));
    case "CONCATENATION": {
      const sides = shapeOf(first).length;
      return [3, -1].includes(operator.axis ?? 0) && sides === 4 ? [{op: "concat", inputs: inputs.map(String)}, ...after] : null;
    }
    case "RELU":
    case "RELU6":
    case "HARD_SWISH":
    case "LOGISTIC":
      return [{op: "activation", input, activation: OPERATOR_ACTIVATIONS[op]!}];
    case "AVERAGE_POOL_2D":
    case "MAX_POOL_2D": {
      const pool = pooling(operator, input, shapeOf(first));
      return pool && [pool, ...after];
    }
    case "MEAN":
      return isMeanOverMap(channelValues(constant(second)), operator.keepsAxes ?? false) ? [{op: "mean", input}] : null;
    case "RESIZE_BILINEAR": {
      const [from, [, height = 0, width = 0]] = [shapeOf(first), shapeOf(operator.outputs[0])];
      // A resize to the size that the map has is none, whatever its mode. One cell stands for sizes that only a run knows.
      if (from[1] === height && from[2] === width && height * width > 1) return [{op: "same", input}];
      return [{op: "resize", input, mode: resizeMode(operator), size: [height, width]}];
    }
    case "SPACE_TO_BATCH_ND": {
      const block = channelValues(constant(second));
      if (!block || block.length !== 2 || block[0] !== block[1]) return null;
      return [{op: "atrous", input, rate: block[0]!, margins: marginsOf(channelValues(constant(inputs[2])))}];
    }
    case "BATCH_TO_SPACE_ND":
      return [{op: "gather", input, crops: marginsOf(channelValues(constant(inputs[2])))}];
    case "PAD":
      return [{op: "pad", input, margins: mapMarginsOf(channelValues(constant(second)))}];
    case "DEQUANTIZE":
    case "QUANTIZE":
      return [{op: "same", input}];
    default:
      return null;
  }
}

function windowed({op, window}: TfliteOperator, input: string, kernel: Weight): Operation | null {
  if (!window || window.strideHeight !== window.strideWidth || window.dilationHeight !== window.dilationWidth) return null;
  if (window.depthMultiplier !== 1) return null;
  const shared = {input, stride: window.strideHeight, rate: window.dilationHeight, padding: paddingOf(window)};
  return op === "CONV_2D"
    ? {op: "conv", kernel: turned(kernel, FROM_OHWI), ...shared}
    : {op: "depthwise", kernel: fromHwc(kernel), ...shared};
}

function pooling({op, window}: TfliteOperator, input: string, [, height, width]: readonly number[]): Operation | null {
  if (!window) return null;
  const {filterHeight = 0, filterWidth = 0} = window;
  const kind = op === "MAX_POOL_2D" ? "max" : "mean";
  if (kind === "mean" && window.padding === "VALID" && filterHeight === height && filterWidth === width) return {op: "mean", input};
  return {
    op: "pool",
    input,
    kind,
    window: [filterHeight, filterWidth],
    stride: [window.strideHeight, window.strideWidth],
    padding: paddingOf(window)
  };
}

function paddingOf({padding}: TfliteWindow): "same" | "valid" {
  return padding === "VALID" ? "valid" : "same";
}

function resizeMode({alignCorners, halfPixelCenters}: TfliteOperator): Sampling {
  if (alignCorners) return "corners";
  return halfPixelCenters ? "half_pixel" : "neither";
}

/** Sum, difference or product with a constant, or the sum or product of two branches. */
function arithmetic(
  op: "ADD" | "SUB" | "MUL",
  inputs: readonly number[],
  after: readonly Operation[],
  constant: (index: number | undefined) => Float32Array | undefined
): Operation[] | null {
  const [first, second] = inputs;
  const [left, right] = [constant(first), constant(second)];
  if (!left && !right) return op === "SUB" ? null : [{op: op === "ADD" ? "add" : "multiply", inputs: inputs.map(String)}, ...after];
  const step = affineWith(ARITHMETIC[op], String(right ? first : second), right ?? left!, !right);
  return step && [step, ...after];
}

const ARITHMETIC = {ADD: "add", SUB: "sub", MUL: "mul"} as const;

/** 1 x height x width x channels and height x width x channels x 1 are the same bytes. */
function fromHwc(kernel: Weight): Weight {
  const [one, height, width, channels] = fourSides(kernel.shape);
  if (one !== 1) throw new FormatError(`The file is damaged: a depthwise kernel has the shape [${kernel.shape.join(", ")}].`);
  return readWhenAsked([height, width, channels, 1], () => kernel.values);
}
