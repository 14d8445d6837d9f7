import type {Weight} from "../engine/model.js";
import type {Activation} from "../engine/network.js";
import type {MaceGraph, MaceOperator} from "../formats/mace.js";
import {FROM_OHWI, FROM_OIHW, fourSides, turned} from "./kernel-layout.js";
import {addSteps, marginsOf} from "./operations.js";
import type {Operation, Operations} from "./operations.js";
import {numbersOfBytes} from "./surroundings.js";

/** How kernels lie in a file, by MACE's number for it. */
const OIHW = 101;
const OHWI = 103;

/** MACE's numbers for paddings, poolings and operations of two maps. */
const PADDINGS = ["valid", "same"] as const;
const POOLINGS: Readonly<Record<number, "mean" | "max">> = {1: "mean", 2: "max"};
const ELTWISE: Readonly<Record<number, "add" | "multiply">> = {0: "add", 2: "multiply"};
const CHANNEL_AXIS = 3;

/** The operations of a graph of MACE, quantised or not. */
export function maceOperations({operators, attributes, constants, inputs}: MaceGraph): Operations {
  const operations = new Map<string, Operation>();
  const context: Context = {
    constant: (name) => constants.get(name ?? ""),
    shapes: new Map(operators.map(({outputs, shape}) => [outputs[0]!, shape])),
    layout: attributes["filter_format"],
    given: new Set(inputs)
  };
  for (const operator of operators) {
    const [output = "", ...others] = operator.outputs;
    const unknown: Operation = {op: "other", inputs: operator.inputs, what: operator.type};
    addSteps(operations, output, elementary(operator, context) ?? [unknown]);
    for (const other of others) operations.set(other, unknown);
  }
  return operations;
}

interface Context {
  readonly constant: (name: string | undefined) => Weight | undefined;
  /** Shapes of what operators give. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly layout: unknown;
  /** Names of what the graph is given. */
  readonly given: ReadonlySet<string>;
}

/** The steps of an operator, null where it is not one that our networks are made of. */
function elementary(operator: MaceOperator, context: Context): Operation[] | null {
  const {type, inputs, attributes} = operator;
  const input = inputs[0] ?? "";
  switch (type) {
    case "Conv2D":
    case "DepthwiseConv2d":
      return convolution(operator, context);
    case "Activation": {
      const activation = activationOf(operator);
      return activation && [{op: "activation", input, activation}];
    }
    case "Eltwise": {
      const op = ELTWISE[Number(attributes["type"])];
      const isOfMaps = inputs.length === 2 && !inputs.some(context.constant) && attributes["coeff"] === undefined;
      return op && isOfMaps ? [{op, inputs}] : null;
    }
    case "Concat":
      return attributes["axis"] === CHANNEL_AXIS ? [{op: "concat", inputs}] : null;
    case "Pooling": {
      const kind = POOLINGS[Number(attributes["pooling_type"])];
      const [window, stride] = [pairOf(attributes["kernels"]), pairOf(attributes["strides"])];
      const padding = paddingOf(operator);
      return kind && window && stride && padding ? [{op: "pool", input, kind, window, stride, padding}] : null;
    }
    case "ResizeBilinear": {
      const size = pairOf(attributes["size"]);
      const [, height, width] = context.shapes.get(input) ?? [];
      // A resize to the size that the map has is none, whatever its mode.
      if (size && size[0] === height && size[1] === width && height * width > 1) return [{op: "same", input}];
      return [{op: "resize", input, mode: attributes["align_corners"] === 1 ? "corners" : "neither", size}];
    }
    case "SpaceToBatchND": {
      const block = pairOf(attributes["block_shape"]);
      return block && block[0] === block[1] ? [{op: "atrous", input, rate: block[0], margins: margins(attributes["paddings"])}] : null;
    }
    case "BatchToSpaceND":
      return [{op: "gather", input, crops: margins(attributes["crops"])}];
    case "Quantize":
      return context.given.has(input) && operator.quantisation ? [numbersOfBytes(input, operator.quantisation)] : [{op: "same", input}];
    case "Dequantize":
    case "Identity":
      return [{op: "same", input}];
    default:
      return null;
  }
}

function convolution(operator: MaceOperator, {constant, layout}: Context): Operation[] | null {
  const {type, inputs, attributes} = operator;
  const [input = "", kernelName, biasName] = inputs;
  const isDepthwise = type === "DepthwiseConv2d";
  const stored = constant(kernelName);
  const kernel = stored && kernelFrom(stored, layout, isDepthwise);
  const bias = constant(biasName);
  const [stride, rate] = [pairOf(attributes["strides"]), pairOf(attributes["dilations"] ?? [1, 1])];
  const [padding, activation] = [paddingOf(operator), activationOf(operator)];
  if (!kernel || !stride || !rate || !padding || !activation || stride[0] !== stride[1] || rate[0] !== rate[1]) return null;
  // A kernel or bias that is computed in the run is none of ours, nor is a depthwise kernel that multiplies channels.
  if ((biasName !== undefined && !bias) || (isDepthwise && kernel.shape[3] !== 1)) return null;
  return [
    {op: isDepthwise ? "depthwise" : "conv", input, kernel, stride: stride[0], rate: rate[0], padding},
    ...(bias ? [{op: "affine", input, shift: bias.values} as const] : []),
    ...(activation === "linear" ? [] : [{op: "activation", input, activation} as const])
  ];
}

/** A kernel in our layout; undefined where the file's is none that is known. Among OHWI kernels depthwise ones lie as ours do. */
function kernelFrom(kernel: Weight, layout: unknown, isDepthwise: boolean): Weight | undefined {
  fourSides(kernel.shape);
  if (layout === OIHW) return turned(kernel, FROM_OIHW);
  if (layout !== OHWI) return undefined;
  return isDepthwise ? kernel : turned(kernel, FROM_OHWI);
}

/** The activation that an operator is or has; null where it is none that is known. */
function activationOf({attributes}: MaceOperator): Activation | null {
  switch (attributes["activation"]) {
    case undefined:
    case "NOOP":
      return "linear";
    case "RELU":
      return "relu";
    case "RELUX":
      return attributes["max_limit"] === 6 ? "relu6" : null;
    case "SIGMOID":
      return "sigmoid";
    default:
      return null;
  }
}

/** Margins that are stated take the place of "same" and "valid"; they are not read here. */
function paddingOf({attributes}: MaceOperator): "same" | "valid" | null {
  return attributes["padding_values"] === undefined ? (PADDINGS[Number(attributes["padding"])] ?? null) : null;
}

function margins(pairs: unknown) {
  return marginsOf(Array.isArray(pairs) ? (pairs as number[]) : null);
}

function pairOf(value: unknown): readonly [number, number] | null {
  return Array.isArray(value) && value.length === 2 ? [Number(value[0]), Number(value[1])] : null;
}
