import {isObject} from "../../formats/json.js";
import {isMeanOverMap} from "../operations.js";
import type {Operation} from "../operations.js";
import {activationSteps, pairOf} from "./layer.js";
import type {Layer, ToSteps} from "./layer.js";

/** What functions are to us that a model calls outside of any layer, by TensorFlow's name (Keras 2) and by their class (Keras 3). */
export const FUNCTIONS: Readonly<Record<string, ToSteps>> = {
  "nn.relu": ({input}) => activationSteps("relu", input),
  Relu: ({input}) => activationSteps("relu", input),
  "nn.relu6": ({input}) => activationSteps("relu6", input),
  Relu6: ({input}) => activationSteps("relu6", input),
  "math.sigmoid": ({input}) => activationSteps("sigmoid", input),
  Sigmoid: ({input}) => activationSteps("sigmoid", input),
  identity: ({input}) => [{op: "same", input}],
  expand_dims: ({input}) => [{op: "same", input}],
  ExpandDims: ({input}) => [{op: "same", input}],
  "math.reduce_mean": mean,
  Mean: mean,
  concat: joined,
  "image.resize": (layer) => resize(layer, "half_pixel"),
  Resize: (layer) => resize(layer, "half_pixel"),
  "compat.v1.image.resize": (layer) => resize(layer, layer.options["align_corners"] === true ? "corners" : "neither"),
  "compat.v1.image.resize_bilinear": (layer) => resize(layer, layer.options["align_corners"] === true ? "corners" : "neither"),
  "math.add": (layer) => sumOrProduct("add", layer),
  "__operators__.add": (layer) => sumOrProduct("add", layer),
  "math.multiply": (layer) => sumOrProduct("multiply", layer),
  "nn.bias_add": (layer) => sumOrProduct("add", layer),
  "math.subtract": (layer) => withConstant(layer, (value) => ({shift: value.map((each) => -each)})),
  Subtract: (layer) => withConstant(layer, (value) => ({shift: value.map((each) => -each)})),
  "math.truediv": (layer) => withConstant(layer, (value) => ({scale: value.map((each) => 1 / each)})),
  "math.divide": (layer) => withConstant(layer, (value) => ({scale: value.map((each) => 1 / each)})),
  TrueDivide: (layer) => withConstant(layer, (value) => ({scale: value.map((each) => 1 / each)})),
  Divide: (layer) => withConstant(layer, (value) => ({scale: value.map((each) => 1 / each)}))
};

/** Sum or product of several maps, or of one with constants. */
export function sumOrProduct(op: "add" | "multiply", layer: Layer): Operation[] | null {
  if (layer.inputs.length > 1) return [{op, inputs: layer.inputs}];
  return withConstant(layer, (value) => (op === "add" ? {shift: value} : {scale: value}), "either");
}

/** Maps side by side; on another axis than that of channels it is not ours. */
export function joined({inputs, config, options, values}: Layer): Operation[] | null {
  const axis = [options["axis"], config["axis"], values.at(-1)].find((value) => Number.isInteger(value));
  return inputs.length > 1 && (axis === 3 || axis === -1) ? [{op: "concat", inputs}] : null;
}

/** Whether a call takes the channels of a photo in reverse: `x[..., ::-1]`, as networks do that want blue first. */
export function isReversed({options, values}: Pick<Layer, "options" | "values">): boolean {
  const spec = options["slice_spec"] ?? options["key"] ?? values[1];
  if (!Array.isArray(spec) || spec.length < 2) return false;
  const slices = (spec as unknown[]).map((slice) => (isObject(slice) && isObject(slice["config"]) ? slice["config"] : slice));
  const isWhole = (slice: unknown, step: number) =>
    isObject(slice) && (slice["start"] ?? null) === null && (slice["stop"] ?? null) === null && (slice["step"] ?? 1) === step;
  const isEllipsis = (at: number) => isObject(spec[at]) && spec[at]["class_name"] === "__ellipsis__";
  const before = slices.slice(0, -1);
  const isLast = before.some((_, at) => isEllipsis(at)) || before.length === 3;
  return isLast && before.every((slice, at) => isEllipsis(at) || isWhole(slice, 1)) && isWhole(slices.at(-1), -1);
}

function mean({input, options, config}: Layer): Operation[] | null {
  const axes = options["axis"] ?? config["axis"];
  // Axes that go are put back before the convolution that follows can read them.
  return Array.isArray(axes) && isMeanOverMap(axes as number[], true) ? [{op: "mean", input}] : null;
}

function resize({input, options, config, values}: Layer, mode: "half_pixel" | "corners" | "neither"): Operation[] | null {
  const method = options["method"] ?? options["interpolation"] ?? config["interpolation"] ?? "bilinear";
  if (method !== "bilinear" || (options["antialias"] ?? config["antialias"]) === true) return null;
  return [{op: "resize", input, mode, size: pairOf(options["size"] ?? config["size"] ?? values[1])}];
}

/** An affine map with what a call is given besides a map; null where it is given nothing, or as its left side where that matters. */
function withConstant(
  {input, inputs, values, options}: Layer,
  to: (value: Float32Array) => {scale?: Float32Array; shift?: Float32Array},
  side: "right" | "either" = "right"
): Operation[] | null {
  const given = [...values, options["y"], options["x2"], options["bias"], options["value"]].filter((value) => value !== null);
  const constant = given.map(constantOf).find((value) => value !== null);
  const isLeft = values.length > 0 && values[0] !== null;
  return inputs.length === 1 && constant && !(isLeft && side === "right") ? [{op: "affine", input, ...to(constant)}] : null;
}

/** A number or numbers, nested in any way; Keras 3 says of lists that they are tensors. */
function constantOf(value: unknown): Float32Array | null {
  if (isObject(value)) return isObject(value["config"]) ? constantOf(value["config"]["value"]) : null;
  const numbers: unknown[] = Array.isArray(value) ? (value as unknown[]).flat(4) : [value];
  return numbers.length > 0 && numbers.every((each) => typeof each === "number") ? Float32Array.from(numbers as number[]) : null;
}
