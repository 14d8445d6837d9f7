import type {Padding} from "../engine/padding.js";
import type {Step} from "../engine/plan.js";
import {kindOf} from "../engine/steps/kinds.js";
import type {Part} from "./fold.js";
import type {FoldedPadding} from "./window-padding.js";

/** Steps of a description and parts of a file, as a sentence about both names them. */

/** What a description expects, e.g. "a 3x3 depthwise convolution of 96 channels, stride 2, relu6". */
export function stepInWords(step: Step): string {
  switch (step.op) {
    case "conv":
    case "depthwise":
      return convolution(step.op, step.kernel, step.from[0]!.channels, step.channels, step);
    case "pool":
      return step.window === "all" ? `the ${step.pool === "mean" ? "mean" : "maximum"} over the map` : pooling(step.pool, step.window);
    case "upsample":
      return `an enlargement with ${SAMPLINGS[step.sampling]}`;
    case "affine":
      return `a scale and a shift of ${step.channels} channels${activated(step)}`;
    case "input":
      return "a convolution of a photo with three channels";
    case "add":
    case "multiply":
    case "concat":
      return `${ALIKE[step.op]} of ${step.inputs.length}${activated(step)}`;
    default:
      return kindOf<Step>(step).words(step);
  }
}

/** What a file has, in the same words. */
export function partInWords(part: Part): string {
  switch (part.op) {
    case "conv":
    case "depthwise":
      return convolution(part.op, part.kernel.shape, part.kernel.shape[2] ?? 0, part.bias.length, part);
    case "mean":
      return "the mean over the map";
    case "pool":
      return pooling(part.kind, part.window);
    case "resize":
      return `a resize with ${SAMPLINGS[part.mode]}`;
    case "affine":
      return part.scale || part.shift ? `a scale and a shift${activated(part)}` : `the activation ${part.activation}`;
    case "pad":
      return "zeros around the map";
    case "atrous":
      return "cells gathered into batches";
    case "other":
      return part.what;
    default:
      return `${ALIKE[part.op]} of ${part.inputs.length}${"activation" in part ? activated(part) : ""}`;
  }
}

export const SAMPLINGS = {
  corners: "corners aligned",
  half_pixel: "half-pixel centres",
  neither: "neither corners aligned nor half-pixel centres"
} as const;

const ALIKE = {add: "a sum", multiply: "a product", concat: "a concatenation"} as const;

interface Slid {
  readonly stride: number;
  readonly rate: number;
  readonly padding: FoldedPadding | Padding;
  readonly activation: string;
}

function convolution(op: "conv" | "depthwise", kernel: readonly number[], inputs: number, outputs: number, slid: Slid): string {
  const [height = 0, width = 0] = kernel;
  const kind = `a ${height}x${width} ${op === "depthwise" ? "depthwise " : ""}convolution`;
  const channels = op === "depthwise" ? `of ${outputs} channels` : `from ${inputs} to ${outputs} channels`;
  const {stride, rate, padding} = slid;
  return [
    `${kind} ${channels}`,
    ...(stride === 1 ? [] : [`stride ${stride}`]),
    ...(rate === 1 ? [] : [`rate ${rate}`]),
    ...(padding === "same" ? [] : [paddingInWords(padding)])
  ]
    .join(", ")
    .concat(activated(slid));
}

function paddingInWords(padding: FoldedPadding | Padding): string {
  if (padding === "unknown") return "padding that is only known in a run";
  if (padding === "same_or_fixed") return 'padding "same" or "fixed"';
  if (typeof padding === "string") return `padding "${padding}"`;
  if ("margin" in padding) return `padded by ${padding.margin} on each side`;
  const {before, after} = padding;
  return `padded by ${before.join(" and ")} before and ${after.join(" and ")} after`;
}

function activated({activation}: {readonly activation: string}): string {
  return activation === "linear" ? "" : `, ${activation}`;
}

function pooling(kind: "mean" | "max", [height, width]: readonly [number, number]): string {
  return `the ${kind === "mean" ? "mean" : "maximum"} in windows of ${height}x${width}`;
}
