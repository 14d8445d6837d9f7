import type {Activation} from "../../engine/network.js";
import type {OnnxNode} from "../../formats/onnx.js";
import type {OnnxTensor} from "../../formats/onnx-tensor.js";
import {normalisation} from "../batch-norm.js";
import {NotDeepLabError} from "../recognise.js";
import {AXES, together} from "./maps.js";
import type {OnnxMap} from "./maps.js";
import {padded} from "./picked.js";
import {kept, numberOf, numbersOf} from "./reading.js";
import type {NodeReader, Read, Reading} from "./reading.js";
import {affineWith} from "../operations.js";
import type {Arithmetic} from "../operations.js";

/** Operators that do the same at every cell of a map. */

export const handsOn: NodeReader = ({inputs: [input = ""]}, reading) => kept(reading, {op: "same", input});

export const activation =
  (kind: Activation): NodeReader =>
  ({inputs: [input = ""]}, reading) =>
    kept(reading, {op: "activation", input, activation: kind});

/** ReLU6(x + 3) / 6 as max(0, min(1, alpha x + beta)). */
const HARD_SIGMOID = {alpha: 1 / 6, beta: 0.5};
const TOLERANCE = 1e-3;

export const hardSigmoid: NodeReader = (node, reading) => {
  const [alpha, beta] = [numberOf(node, "alpha", 0.2), numberOf(node, "beta", 0.5)];
  const isOurs = Math.abs(alpha - HARD_SIGMOID.alpha) < TOLERANCE && Math.abs(beta - HARD_SIGMOID.beta) < TOLERANCE;
  return isOurs
    ? activation("hard_sigmoid")(node, reading)
    : `of slope ${Number(alpha.toPrecision(3))} and height ${Number(beta.toPrecision(3))}`;
};

/** Before version 11 the bounds are attributes, since then inputs. */
export const clip: NodeReader = (node, reading) => {
  const [, low, high] = node.inputs;
  const bound = (key: string, input: string | undefined, absent: number) =>
    input ? reading.constant(input)?.values[0] : numberOf(node, key, absent);
  return clipped(node, reading, bound("min", low, -Infinity), bound("max", high, Infinity));
};

/** The larger of a map and a number, or the smaller. */
export const bounded =
  (side: "min" | "max"): NodeReader =>
  (node, reading) => {
    const [map, bound] = sortedInputs(node, reading);
    const value = bound?.values.length === 1 ? bound.values[0] : undefined;
    const clippedNode = {...node, inputs: [map]};
    return side === "max" ? clipped(clippedNode, reading, value, Infinity) : clipped(clippedNode, reading, -Infinity, value);
  };

function clipped(
  {inputs: [input = ""]}: Pick<OnnxNode, "inputs">,
  reading: Reading,
  low: number | undefined,
  high: number | undefined
): Read | string {
  if (low === undefined || high === undefined) return "to bounds that are computed in the run";
  const before = reading.operation(input);
  const isPositive = before?.op === "activation" && before.activation === "relu";
  const from = isPositive ? before.input : input;
  const isFromZero = low === 0 || (isPositive && low < 0);
  if (isFromZero && high === 6) return kept(reading, {op: "activation", input: from, activation: "relu6"});
  // What bounds as large as that of the number's type leave is everything.
  if (isFromZero && high > 1e30) return kept(reading, {op: "activation", input: from, activation: "relu"});
  return `to ${low} and ${high}`;
}

export const batchNormalisation: NodeReader = (node, reading) => {
  const [input = "", ...parameters] = node.inputs;
  if (numberOf(node, "training_mode", 0) === 1 || numberOf(node, "spatial", 1) === 0) {
    throw new NotDeepLabError(`The batch normalisation "${node.name}" is that of training: export the model in eval mode.`);
  }
  if (reading.map(input)?.layout === "nhwc") return "of a map whose channels stand last";
  const values = parameters.map((name) => reading.constant(name)?.values);
  return kept(reading, {op: "affine", input, ...normalisation(node.name, values, numberOf(node, "epsilon", 1e-5))});
};

/** Sum, difference, product or quotient of a map and a constant, or the sum or product of maps. */
export const arithmetic =
  (op: Arithmetic): NodeReader =>
  (node, reading) => {
    const constants = node.inputs.map((name) => reading.constant(name));
    if (constants.every((constant) => constant === undefined)) return ofMaps(op, node.inputs, reading);
    const [input, constant] = sortedInputs(node, reading);
    const map = reading.map(input);
    const values = constant && perChannel(constant, map);
    const step = values && affineWith(op, input, values, constants[0] !== undefined);
    if (!step) return "with a constant that is not one number, or one a channel";
    return kept(reading, step);
  };

function ofMaps(op: Arithmetic, inputs: readonly string[], reading: Reading): Read | null {
  if (op === "sub" || op === "div") return null;
  const step = {op: op === "add" ? "add" : "multiply", inputs} as const;
  const maps = inputs.map((name) => reading.map(name));
  const map = maps.reduce((a, b) => (a && b && together(a, b)) ?? undefined);
  return {steps: [step], map};
}

/** Of two inputs the one that is computed in the run, and the constant. */
function sortedInputs({inputs: [a = "", b = ""]}: OnnxNode, {constant}: Reading): [string, OnnxTensor | undefined] {
  return constant(a) ? [b, constant(a)] : [a, constant(b)];
}

/** The numbers of a constant that stands for each channel of a map, or for all; null where it does neither. */
function perChannel({shape, values}: OnnxTensor, map: OnnxMap | undefined): Float32Array | null {
  if (values.length === 1) return values;
  if (!map || shape.length > 4) return null;
  const sides = padded(shape, 4);
  const isAlongChannels = sides.every((side, axis) => side === 1 || axis === AXES[map.layout].channels);
  return isAlongChannels ? values : null;
}

export const concat: NodeReader = ({inputs, ...node}, reading) => {
  const maps = inputs.map((name) => reading.map(name));
  const known = maps.find((map) => map !== undefined);
  const axis = numberOf({inputs, ...node}, "axis", 1);
  if (inputs.some((name) => reading.constant(name))) return "with a constant";
  if (!known || (axis < 0 ? axis + 4 : axis) !== AXES[known.layout].channels) return "along other than channels";
  const channels = maps.reduce((sum, map) => sum + (map?.channels ?? NaN), 0);
  return {steps: [{op: "concat", inputs}], map: {...known, channels}};
};

export const globalMean: NodeReader = ({inputs: [input = ""]}, reading) => {
  const map = reading.map(input);
  return map?.layout === "nhwc" ? "of a map whose channels stand last" : meanOf(input, map);
};

/** Before version 18 the axes are an attribute, since then an input. */
export const mean: NodeReader = (node, reading) => {
  const [input = "", axesName] = node.inputs;
  const map = reading.map(input);
  const axes = numbersOf(node, "axes") ?? Array.from(reading.constant(axesName)?.values ?? []);
  const sorted = axes.map((axis) => (axis < 0 ? axis + 4 : axis)).sort();
  const isOverMap = map && sorted.join() === AXES[map.layout].size.join() && numberOf(node, "keepdims", 1) === 1;
  return isOverMap ? meanOf(input, map) : "over other than rows and columns, kept as sides of one cell";
};

function meanOf(input: string, map: OnnxMap | undefined): Read {
  return {steps: [{op: "mean", input}], map: map && {...map, size: [1, 1]}};
}

const TO_FIRST = "0,3,1,2";
const TO_LAST = "0,2,3,1";

/** Channels moved to another place. */
export const transpose: NodeReader = (node, reading) => {
  const [input = ""] = node.inputs;
  const order = numbersOf(node, "perm")?.join();
  const map = reading.map(input);
  const [from, to] = order === TO_FIRST ? (["nhwc", "nchw"] as const) : order === TO_LAST ? (["nchw", "nhwc"] as const) : [];
  if (!from || (map && map.layout !== from)) return "of other than channels";
  return {steps: [{op: "same", input}], map: {size: [NaN, NaN], channels: NaN, ...map, layout: to}};
};
