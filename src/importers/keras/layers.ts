import {FormatError} from "../../formats/format-error.js";
import {affineOf} from "../batch-norm.js";
import {fourSides} from "../kernel-layout.js";
import type {Margins, Operation, WindowPadding} from "../operations.js";
import {joined, sumOrProduct} from "./functions.js";
import {lambdaOf} from "./lambda.js";
import {activationSteps, pairOf, squareOf} from "./layer.js";
import type {Layer, ToSteps} from "./layer.js";

/** What the layers of Keras are to us, by their class. */

const handsOn: ToSteps = ({input}) => [{op: "same", input}];

export const LAYERS: Readonly<Record<string, ToSteps>> = {
  Conv2D: (layer) => ((layer.config["groups"] ?? 1) === 1 ? afterKernel(layer, [slid(layer, "conv", 0, "kernel")], 1) : null),
  DepthwiseConv2D: (layer) => afterKernel(layer, [slid(layer, "depthwise", 0, "depthwise_kernel", "kernel")], 1),
  SeparableConv2D: (layer) =>
    afterKernel(layer, [slid(layer, "depthwise", 0, "depthwise_kernel"), pointwise(layer, "pointwise_kernel")], 2),
  BatchNormalization: batchNormalisation,
  ReLU: ({config, input}) => {
    if ((config["negative_slope"] ?? 0) !== 0 || (config["threshold"] ?? 0) !== 0) return null;
    const clip = config["max_value"] ?? null;
    return clip === null || clip === 6 ? [{op: "activation", input, activation: clip === 6 ? "relu6" : "relu"}] : null;
  },
  Activation: ({config, input}) => {
    const steps = activationSteps(config["activation"], input);
    return steps.length > 0 ? steps : [{op: "same", input}];
  },
  Add: (layer) => sumOrProduct("add", layer),
  Multiply: (layer) => sumOrProduct("multiply", layer),
  Concatenate: joined,
  ZeroPadding2D: ({config, input}) => {
    const margins = marginsOf(config["padding"]);
    return margins && [{op: "pad", input, margins}];
  },
  GlobalAveragePooling2D: ({input}) => [{op: "mean", input}],
  AveragePooling2D: (layer) => pooling("mean", layer),
  MaxPooling2D: (layer) => pooling("max", layer),
  UpSampling2D: enlargement,
  Resizing: ({config, input}) => {
    const size = pairOf([config["height"], config["width"]]);
    if ((config["interpolation"] ?? "bilinear") !== "bilinear" || config["crop_to_aspect_ratio"] === true) return null;
    return [{op: "resize", input, mode: "half_pixel", size}];
  },
  Rescaling: ({config, input}) => {
    const {scale, offset = 0} = config;
    return typeof scale === "number" && typeof offset === "number"
      ? [{op: "affine", input, scale: Float32Array.of(scale), shift: Float32Array.of(offset)}]
      : null;
  },
  // Puts axes of one cell back, or leaves a map as it is: what makes anything else of it is found out by the convolution after it.
  Reshape: ({config, input, sizes}) => {
    const shape = config["target_shape"];
    const [rows, columns] = sizes[0] ?? [];
    return Array.isArray(shape) && shape.length === 3 && shape[0] === rows && shape[1] === columns ? [{op: "same", input}] : null;
  },
  Lambda: ({config, input, layer, version}) => {
    const known = lambdaOf(config, version);
    return known
      ? [{...known, input}]
      : [{op: "other", inputs: [input], what: `the Lambda layer "${layer}", whose Python code is not run,`}];
  },
  // Of bonlime/keras-deeplab-v3-plus before it was Lambda layers. Namesakes that do not align corners have no `output_size`.
  BilinearUpsampling: ({config, input}) => ("output_size" in config ? [{op: "resize", input, mode: "corners"}] : null),
  InputLayer: () => [{op: "other", inputs: [], what: "an input"}],
  Identity: handsOn,
  Dropout: handsOn,
  SpatialDropout2D: handsOn,
  GaussianNoise: handsOn,
  GaussianDropout: handsOn,
  ActivityRegularization: handsOn
};

/** What slides over a map, null where it does otherwise than ours. */
function slid({config, input, weight}: Layer, op: "conv" | "depthwise", index: number, ...roles: string[]): Operation | null {
  const stride = squareOf(config["strides"] ?? 1);
  const rate = squareOf(config["dilation_rate"] ?? 1);
  const padding = paddingOf(config["padding"]);
  const kernel = weight(index, ...roles);
  const multiplier = fourSides(kernel.shape)[3];
  if (stride === null || rate === null || !padding || (op === "depthwise" && multiplier !== 1)) return null;
  return {op, input, kernel, stride, rate, padding};
}

function pointwise({input, weight}: Layer, role: string): Operation {
  const kernel = weight(1, role);
  fourSides(kernel.shape);
  return {op: "conv", input, kernel, stride: 1, rate: 1};
}

/** Convolutions, and the bias and activation that their layer has. */
function afterKernel({config, input, list}: Layer, convolutions: readonly (Operation | null)[], kernels: number): Operation[] | null {
  if (convolutions.includes(null)) return null;
  return [
    ...(convolutions as Operation[]),
    ...(config["use_bias"] === false ? [] : [{op: "affine", input, shift: list(kernels, "bias")} as const]),
    ...activationSteps(config["activation"], input)
  ];
}

const DEFAULT_EPSILON = 1e-3;

function batchNormalisation({config, input, list, layer}: Layer): Operation[] | null {
  const {axis = -1, epsilon = DEFAULT_EPSILON, scale: isScaled = true, center: isCentred = true} = config;
  if (![-1, 3].includes(Number(axis)) || typeof epsilon !== "number") return null;
  let index = 0;
  const gamma = isScaled === false ? null : list(index++, "gamma");
  const beta = isCentred === false ? null : list(index++, "beta");
  const mean = list(index++, "moving_mean");
  const variance = list(index, "moving_variance");
  if ([gamma ?? mean, beta ?? mean, variance].some(({length}) => length !== mean.length)) {
    throw new FormatError(`The layers model is damaged: the lists of the batch normalisation "${layer}" are not of one length.`);
  }
  const all = (value: number) => new Float32Array(mean.length).fill(value);
  return [{op: "affine", input, ...affineOf({gamma: gamma ?? all(1), beta: beta ?? all(0), mean, variance}, epsilon)}];
}

function pooling(kind: "mean" | "max", {config, input, sizes}: Layer): Operation[] | null {
  const window = pairOf(config["pool_size"] ?? 2);
  const stride = config["strides"] === undefined || config["strides"] === null ? window : pairOf(config["strides"]);
  const padding = paddingOf(config["padding"]);
  if (!window || !stride || !padding) return null;
  if (kind === "mean" && padding === "valid" && sizes[0]?.join() === window.join()) return [{op: "mean", input}];
  return [{op: "pool", input, kind, window, stride, padding}];
}

/** Keras enlarges with half-pixel centres since TensorFlow 2; before, and where TensorFlow.js itself made the model, it did not. */
const WITHOUT_HALF_PIXELS = /^(tfjs-layers|[01]\.|2\.[012]\.\d+$)/;

function enlargement({config, input, sizes, version}: Layer): Operation[] | null {
  const factor = pairOf(config["size"] ?? 2);
  if (!factor) return null;
  const [from] = sizes;
  const size = from ? ([from[0] * factor[0], from[1] * factor[1]] as const) : null;
  // From a single cell every way of enlarging copies that cell.
  if (from?.join() === "1,1") return [{op: "resize", input, mode: "corners", size}];
  const interpolation = config["interpolation"] ?? "nearest";
  if (interpolation !== "bilinear") return [{op: "other", inputs: [input], what: `an enlargement by the way "${String(interpolation)}"`}];
  return [{op: "resize", input, mode: WITHOUT_HALF_PIXELS.test(version) ? "neither" : "half_pixel", size}];
}

function paddingOf(padding: unknown = "valid"): WindowPadding | null {
  return padding === "same" || padding === "valid" ? padding : null;
}

/** As Keras has it: one number for all sides, one for rows and one for columns, or a pair of each. */
function marginsOf(padding: unknown): Margins | null {
  const [rows, columns] = Array.isArray(padding) ? (padding as unknown[]) : [padding, padding];
  const [down, right] = [pairOf(rows), pairOf(columns)];
  return down && right && {before: [down[0], right[0]], after: [down[1], right[1]]};
}
