import type {Activation} from "../engine/network.js";
import type {Sampling} from "../engine/steps/upsample.js";
import {FormatError} from "../formats/format-error.js";
import type {GraphConstant, GraphNode, NodeGraph} from "../formats/node-graph.js";
import {normalisation} from "./batch-norm.js";
import {channelValues, listCounter} from "./channel-lists.js";
import {addSteps, affineWith, isMeanOverMap, mapMarginsOf, marginsOf} from "./operations.js";
import type {Arithmetic, Operation, Operations, WindowPadding} from "./operations.js";
import {NotDeepLabError} from "./recognise.js";

const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map([
  ["Relu", "relu"],
  ["Relu6", "relu6"],
  ["Sigmoid", "sigmoid"]
]);
/** TensorFlow's default where a batch normalisation does not say its own. */
const DEFAULT_EPSILON = 1e-4;

/** The operations of a TensorFlow graph, from a frozen GraphDef or a TensorFlow.js graph model. */
export function graphOperations({nodes, constants}: NodeGraph): Operations {
  const simulated = nodes.find(({op}) => op.startsWith("FakeQuant"));
  if (simulated) {
    throw new NotDeepLabError(
      `This graph simulates quantisation ("${simulated.name}"), which is not read here; give the .tflite that the release has beside it.`
    );
  }
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const behind = new Map<string, GraphConstant | null>(constants);
  /** The constant behind a name; frozen variables are read through an "Identity". */
  const constant = (name: string | undefined): GraphConstant | null => {
    const passed: string[] = [];
    let found: GraphConstant | null | undefined;
    for (let at = name; at !== undefined;) {
      found = behind.get(at);
      if (found !== undefined) break;
      passed.push(at);
      // Until it is known: what leads back to itself leads to none.
      behind.set(at, null);
      const node = byName.get(at);
      at = node?.op === "Identity" ? node.inputs[0] : undefined;
    }
    for (const each of passed) behind.set(each, found ?? null);
    return found ?? null;
  };

  const operations = new Map<string, Operation>();
  const count = listCounter();
  for (const node of nodes) {
    if (node.op === "Const" || (node.op === "Identity" && constant(node.name))) continue;
    const steps = elementary(node, constant) ?? [{op: "other", inputs: node.inputs, what: node.op}];
    count(steps);
    addSteps(operations, node.name, steps);
  }
  return operations;
}

/** The steps of a node, null where it is not one that our networks are made of. */
function elementary(node: GraphNode, constant: (name: string | undefined) => GraphConstant | null): Operation[] | null {
  const {op, inputs} = node;
  const input = inputs[0] ?? "";
  switch (op) {
    case "Conv2D":
    case "DepthwiseConv2dNative":
    case "_FusedConv2D":
    case "FusedDepthwiseConv2dNative":
      return convolution(node, constant);
    case "FusedBatchNorm":
    case "FusedBatchNormV2":
    case "FusedBatchNormV3":
      return [batchNormalisation(node, input, inputs.slice(1).map(constant))];
    case "BiasAdd":
    case "Add":
    case "AddV2":
    case "Sub":
    case "Mul":
    case "RealDiv":
      return arithmetic(node, constant);
    case "Relu":
    case "Relu6":
    case "Sigmoid":
      return [{op: "activation", input, activation: ACTIVATIONS.get(op)!}];
    case "ConcatV2": {
      // The last input is the axis.
      const axis = channelValues(constant(inputs.at(-1)))?.[0];
      return axis === 3 || axis === -1 ? [{op: "concat", inputs: inputs.slice(0, -1)}] : null;
    }
    case "AvgPool":
    case "MaxPool":
      return pooling(node, input);
    case "Mean":
      return isMeanOverMap(channelValues(constant(inputs[1])), node.attributes["keep_dims"] === true) ? [{op: "mean", input}] : null;
    case "ResizeBilinear":
      return [{op: "resize", input, mode: resizeMode(node), size: pairOf(constant(inputs[1]))}];
    case "SpaceToBatchND": {
      const block = pairOf(constant(inputs[1]));
      if (!block || block[0] !== block[1]) return null;
      return [{op: "atrous", input, rate: block[0], margins: marginsOf(channelValues(constant(inputs[2])))}];
    }
    case "BatchToSpaceND":
      return [{op: "gather", input, crops: marginsOf(channelValues(constant(inputs[2])))}];
    case "Pad":
      return [{op: "pad", input, margins: mapMarginsOf(channelValues(constant(inputs[1])))}];
    case "Identity":
      return [{op: "same", input}];
    default:
      return null;
  }
}

function convolution(node: GraphNode, constant: (name: string | undefined) => GraphConstant | null): Operation[] | null {
  const [input = "", kernelName, ...extra] = node.inputs;
  const kernel = constant(kernelName);
  const stride = square(node, "strides");
  const rate = square(node, "dilations");
  const padding = paddingOf(node);
  if (!kernel || stride === null || rate === null || !padding || node.attributes["data_format"] === "NCHW") return null;
  if (kernel.shape.length !== 4) throw new FormatError(`The graph is damaged: "${kernelName}" has the shape [${kernel.shape.join(", ")}].`);
  const depthwise = node.op.includes("Depthwise");
  if (depthwise && kernel.shape[3] !== 1) return null;
  const steps: Operation[] = [{op: depthwise ? "depthwise" : "conv", input, kernel, stride, rate, padding}];
  const fused = node.attributes["fused_ops"];
  for (const operation of Array.isArray(fused) ? (fused as string[]) : []) {
    const activation = ACTIVATIONS.get(operation);
    if (operation === "BiasAdd") {
      const bias = channelValues(constant(extra[0]));
      if (!bias) return null;
      steps.push({op: "affine", input, shift: bias});
    } else if (operation === "FusedBatchNorm") {
      steps.push(batchNormalisation(node, input, extra.map(constant)));
    } else if (activation) {
      steps.push({op: "activation", input, activation});
    } else {
      return null;
    }
  }
  return steps;
}

function batchNormalisation({name, attributes}: GraphNode, input: string, parameters: readonly (GraphConstant | null)[]): Operation {
  const stated = attributes["epsilon"];
  const epsilon = typeof stated === "number" ? stated : DEFAULT_EPSILON;
  const lists = parameters.map(channelValues);
  return {op: "affine", input, ...normalisation(name, lists, epsilon)};
}

function pooling(node: GraphNode, input: string): Operation[] | null {
  const padding = paddingOf(node);
  const window = sidesOf(node, "ksize");
  const stride = sidesOf(node, "strides");
  if (!padding || !window || !stride || node.attributes["data_format"] === "NCHW") return null;
  return [{op: "pool", input, kind: node.op === "MaxPool" ? "max" : "mean", window, stride, padding}];
}

/** The padding of a window, null where it is none that is known. */
function paddingOf({attributes}: GraphNode): WindowPadding | null {
  const {padding, explicit_paddings: pairs} = attributes;
  // A graph of TensorFlow always says it.
  if (padding === undefined || padding === "SAME") return "same";
  if (padding === "VALID") return "valid";
  return padding === "EXPLICIT" && Array.isArray(pairs) ? mapMarginsOf(pairs as readonly number[]) : null;
}

function resizeMode({attributes}: GraphNode): Sampling {
  if (attributes["align_corners"] === true) return "corners";
  return attributes["half_pixel_centers"] === true ? "half_pixel" : "neither";
}

function pairOf(constant: GraphConstant | null): readonly [number, number] | null {
  const values = channelValues(constant);
  return values?.length === 2 ? [values[0]!, values[1]!] : null;
}

/** Sum, difference, product or quotient with a constant, or the sum or product of two branches. */
function arithmetic({op, inputs}: GraphNode, constant: (name: string | undefined) => GraphConstant | null): Operation[] | null {
  const [a = "", b = ""] = inputs;
  const left = channelValues(constant(a));
  const right = channelValues(constant(b));
  if (!left && !right) {
    if (op === "Sub" || op === "RealDiv") return null;
    return [{op: op === "Mul" ? "multiply" : "add", inputs: [a, b]}];
  }
  const step = affineWith(ARITHMETIC[op] ?? "add", right ? a : b, right ?? left!, !right);
  return step && [step];
}

/** All others add. */
const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {Sub: "sub", Mul: "mul", RealDiv: "div"};

/** The stride or dilation of both sides (NHWC), null where they differ. */
function square(node: GraphNode, key: "strides" | "dilations"): number | null {
  if (!Array.isArray(node.attributes[key])) return key === "dilations" ? 1 : null;
  const sides = sidesOf(node, key);
  return sides && sides[0] === sides[1] ? sides[0] : null;
}

/** Rows and columns of an attribute with a number for each of the four sides (NHWC), null where it is none. */
function sidesOf({attributes}: GraphNode, key: "strides" | "dilations" | "ksize"): readonly [number, number] | null {
  const sides = attributes[key];
  return Array.isArray(sides) && sides.length === 4 ? [Number(sides[1]), Number(sides[2])] : null;
}
