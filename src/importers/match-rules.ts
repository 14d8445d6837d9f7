import type {Weight} from "../engine/model.js";
import type {Step} from "../engine/plan.js";
import {sides} from "../engine/steps/window.js";
import {channelsMoved, inputsMoved} from "./channel-order.js";
import type {ChannelOrder} from "./channel-order.js";
import {isLayer} from "./fold.js";
import type {AffinePart, Layer, Part} from "./fold.js";
import type {FoldedGraph} from "./folded-graph.js";
import {isPaddedAlike} from "./window-padding.js";

/** How a step of a description is told in a file: what a part has to be, and the weights that it gives. */

/** Whether a part does what a step says, apart from what both read and from the activation. */
export function isAlike(step: Step, part: Part, graph: FoldedGraph): boolean {
  switch (step.op) {
    case "conv":
    case "depthwise":
      return isLayer(part) && part.op === step.op && slidesAlike(step, part) && (step.bias || part.bias.every((value) => value === 0));
    case "pool":
      return step.window === "all" ? step.pool === "mean" && isMeanOfAll(part, graph) : isPoolAlike(step, part);
    case "upsample":
      // From a single cell every mode copies that cell.
      return part.op === "resize" && (part.mode === step.sampling || step.from[0]!.height === 1);
    case "affine":
      return part.op === "affine" && fits(part.scale, step.scale, step.channels) && fits(part.shift, step.shift, step.channels);
    case "add":
    case "multiply":
    case "concat":
      return part.op === step.op && part.inputs.length === step.inputs.length;
    default:
      // Nothing in a file is known to be the same: what has such a step is refused with its name.
      return false;
  }
}

/** Whether a part has the activation that a step says. */
export function isActivatedAlike({activation}: Step, part: Part): boolean {
  return ("activation" in part ? part.activation : "linear") === activation;
}

/** The weights that a matched part gives, by their role. */
export function weightsOf(step: Step, part: Part, order: ChannelOrder): Record<string, Weight> {
  switch (step.op) {
    case "conv": {
      const {kernel, bias} = part as Layer;
      return {kernel: inputsMoved(kernel, order), ...(step.bias && {bias: {shape: [bias.length], values: bias}})};
    }
    case "depthwise": {
      // It keeps the order of its channels.
      const {kernel, bias} = part as Layer;
      return {kernel: inputsMoved(kernel, order), ...(step.bias && {bias: channelsMoved(bias, order)})};
    }
    case "affine": {
      const {scale, shift} = part as AffinePart;
      const spread = (values: Float32Array | undefined, absent: number) =>
        channelsMoved(
          Float32Array.from({length: step.channels}, (_, i) => values?.[values.length === 1 ? 0 : i] ?? absent),
          order
        );
      return {...(step.scale && {scale: spread(scale, 1)}), ...(step.shift && {shift: spread(shift, 0)})};
    }
    default:
      return {};
  }
}

type Slid = Extract<Step, {op: "conv" | "depthwise"}>;

function slidesAlike({op, kernel: [height, width], from, channels, stride, rate, padding}: Slid, part: Layer): boolean {
  const shape = op === "conv" ? [height, width, from[0]!.channels, channels] : [height, width, channels, 1];
  // A window of one cell reads no padding but what is stated, and has no rate.
  const isPoint = height * width === 1 && typeof padding === "string" && typeof part.padding === "string";
  const reachesAlike = isPoint || ((part.rate === rate || height * width === 1) && isPaddedAlike(part.padding, padding));
  return part.kernel.shape.join() === shape.join() && part.stride === stride && reachesAlike;
}

function isPoolAlike({pool, window, stride, padding}: Extract<Step, {op: "pool"}>, part: Part): boolean {
  return (
    part.op === "pool" &&
    part.kind === pool &&
    part.window.join() === String(window) &&
    part.stride.join() === sides(stride).join() &&
    // A window of one cell reads no padding.
    (isPaddedAlike(part.padding, padding) || String(window) === "1,1")
  );
}

/**
 * Whether a part is the mean over the whole map. An exported graph has a window of the map's size instead: it is that where the
 * result is enlarged to that very size, or multiplied with the map.
 */
function isMeanOfAll(part: Part, graph: FoldedGraph): boolean {
  if (part.op === "mean") return true;
  if (part.op !== "pool" || part.kind !== "mean" || part.padding !== "valid") return false;
  for (const later of graph.after(part.name)) {
    if (later.op === "resize") return later.size?.join() === part.window.join();
    if (later.op === "multiply") return true;
    if (!isLayer(later) && later.op !== "affine") return false;
  }
  return false;
}

function fits(values: Float32Array | undefined, isExpected: boolean, channels: number): boolean {
  return !values || (isExpected && (values.length === 1 || values.length === channels));
}
