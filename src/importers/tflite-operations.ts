import type {Weight} from "../engine/model.js";
import type {Activation} from "../engine/network.js";
import {FormatError} from "../formats/format-error.js";
import {tfliteValues} from "../formats/tflite.js";
import type {Tflite, TfliteOperator} from "../formats/tflite.js";
import type {Operation, Operations} from "./operations.js";

const ACTIVATIONS: Readonly<Record<string, Activation>> = {NONE: "linear", RELU: "relu", RELU6: "relu6"};

/** The operations of a TensorFlow Lite graph; outputs are named by the index of their tensor. */
export function tfliteOperations({tensors, operators}: Tflite): Operations {
  const operations = new Map<string, Operation>();
  /** Float16 files keep their weights as constants that are "dequantised" in the run. */
  const dequantised = new Map(
    operators.flatMap(({op, inputs, outputs}) => (op === "DEQUANTIZE" ? [[outputs[0], inputs[0]] as const] : []))
  );

  const constant = (index: number | undefined): Weight | null => {
    const tensor = tensors[dequantised.get(index) ?? index ?? -1];
    if (!tensor || tensor.data.length === 0) return null;
    return {shape: tensor.shape, values: tfliteValues(tensor)};
  };

  for (const operator of operators) {
    const [output = -1, ...others] = operator.outputs;
    const steps = elementary(operator, constant) ?? [{op: "other", inputs: operator.inputs.map(String)}];
    steps.forEach((step, index) =>
      operations.set(index === steps.length - 1 ? String(output) : `${output}/${index}`, linked(step, index, output))
    );
    for (const other of others) operations.set(String(other), {op: "other", inputs: operator.inputs.map(String)});
  }
  return operations;
}

/** Makes all but the first of an operator's steps read the step before. */
function linked(step: Operation, index: number, output: number): Operation {
  return index > 0 && "input" in step ? {...step, input: `${output}/${index - 1}`} : step;
}

/** The steps of an operator, null where it is not one that our networks are made of. */
function elementary(
  {op, inputs, activation, window}: TfliteOperator,
  constant: (index: number | undefined) => Weight | null
): Operation[] | null {
  const [first = -1, second] = inputs;
  const input = String(first);
  const fused = ACTIVATIONS[activation];
  if (!fused) return null;
  const after: Operation[] = fused === "linear" ? [] : [{op: "activation", input, activation: fused}];
  switch (op) {
    case "CONV_2D":
    case "DEPTHWISE_CONV_2D": {
      const kernel = constant(second);
      const bias = constant(inputs[2]);
      if (!kernel || !window || window.strideHeight !== window.strideWidth || window.dilationHeight !== window.dilationWidth) return null;
      if (window.depthMultiplier !== 1) return null;
      const shared = {input, stride: window.strideHeight, rate: window.dilationHeight};
      return [
        op === "CONV_2D" ? {op: "conv", kernel: fromOhwi(kernel), ...shared} : {op: "depthwise", kernel: fromHwc(kernel), ...shared},
        ...(bias ? [{op: "affine", input, shift: bias.values} as const] : []),
        ...after
      ];
    }
    case "ADD":
    case "SUB":
    case "MUL": {
      const operand = constant(second)?.values;
      if (operand) {
        if (op === "MUL") return [{op: "affine", input, scale: operand}, ...after];
        return [{op: "affine", input, shift: op === "ADD" ? operand : operand.map((value) => -value)}, ...after];
      }
      return op === "ADD" && !constant(first) ? [{op: "add", inputs: inputs.map(String)}, ...after] : null;
    }
    case "CONCATENATION":
      return [{op: "concat", inputs: inputs.map(String)}, ...after];
    case "RELU":
    case "RELU6":
      return [{op: "activation", input, activation: ACTIVATIONS[op]!}];
    case "AVERAGE_POOL_2D":
    case "MEAN":
      return [{op: "mean", input}];
    case "RESIZE_BILINEAR":
      return [{op: "resize", input}];
    case "SPACE_TO_BATCH_ND": {
      const block = constant(second)?.values;
      return block && block[0] === block[1] ? [{op: "atrous", input, rate: block[0]!}] : null;
    }
    case "BATCH_TO_SPACE_ND":
    case "DEQUANTIZE":
    case "QUANTIZE":
    case "PAD":
      return [{op: "same", input}];
    default:
      return null;
  }
}

/** TensorFlow Lite keeps kernels as output x height x width x input. */
function fromOhwi({shape, values}: Weight): Weight {
  const [outputs, height, width, inputs] = fourSides(shape);
  const moved = new Float32Array(values.length);
  let from = 0;
  for (let o = 0; o < outputs; o++) {
    for (let position = 0; position < height * width; position++) {
      for (let i = 0; i < inputs; i++) moved[(position * inputs + i) * outputs + o] = values[from++]!;
    }
  }
  return {shape: [height, width, inputs, outputs], values: moved};
}

/** 1 x height x width x channels and height x width x channels x 1 are the same bytes. */
function fromHwc({shape, values}: Weight): Weight {
  const [one, height, width, channels] = fourSides(shape);
  if (one !== 1) throw new FormatError(`The file is damaged: a depthwise kernel has the shape [${shape.join(", ")}].`);
  return {shape: [height, width, channels, 1], values};
}

function fourSides(shape: readonly number[]): readonly [number, number, number, number] {
  if (shape.length !== 4) throw new FormatError(`The file is damaged: a kernel has the shape [${shape.join(", ")}].`);
  return shape as readonly number[] as readonly [number, number, number, number];
}
