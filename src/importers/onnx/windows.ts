import type {Weight} from "../../engine/model.js";
import {paddingOf as paddingAlong} from "../../engine/padding.js";
import {readWhenAsked} from "../../formats/node-graph.js";
import type {OnnxNode} from "../../formats/onnx.js";
import {FROM_OIHW, fourSides, turned} from "../kernel-layout.js";
import type {Margins, Operation, WindowPadding} from "../operations.js";
import type {OnnxMap} from "./maps.js";
import {numberOf, numbersOf, textOf} from "./reading.js";
import type {NodeReader, Read, Reading} from "./reading.js";

/** Operators that slide a window over a map. */

type Pair = readonly [number, number];

interface Sliding {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly rate: Pair;
  readonly padding: WindowPadding;
  /** Of the map that it gives. */
  readonly size: Pair;
}

/** What an operator of maps reads: of unknown size where only a run knows it. */
function mapBefore(name: string | undefined, reading: Reading): OnnxMap | string {
  const map = reading.map(name) ?? {layout: "nchw", size: [NaN, NaN], channels: NaN};
  return map.layout === "nchw" ? map : "a window over a map whose channels stand last";
}

/** How the window of a node slides; a text where it does so in a way that is not read. */
function slidingOf(node: OnnxNode, kernel: Pair, map: OnnxMap, reading: Reading): Sliding | string {
  const pair = (key: string) => numbersOf(node, key) ?? [1, 1];
  const [stride, rate, pads] = [pair("strides"), pair("dilations"), numbersOf(node, "pads") ?? [0, 0, 0, 0]];
  if (stride.length !== 2 || rate.length !== 2 || pads.length !== 4) return "a window over other than rows and columns";
  if (![...kernel, ...stride, ...rate].every((value) => Number.isInteger(value) && value > 0)) return "a window of no size";
  const [top, left, bottom, right] = pads as [number, number, number, number];
  const window = {kernel, stride: stride as Pair, rate: rate as unknown as Pair};
  const extent = kernel.map((side, axis) => (side - 1) * window.rate[axis]! + 1);
  const sized = (padding: WindowPadding, round = Math.floor): Sliding => {
    const size = map.size.map((side, axis) => {
      if (padding === "same") return Math.ceil(side / window.stride[axis]!);
      const [before, after] = padding === "valid" ? [0, 0] : [[top, left][axis]!, [bottom, right][axis]!];
      return round((side + before + after - extent[axis]!) / window.stride[axis]!) + 1;
    });
    return {...window, padding, size: size as unknown as Pair};
  };
  const auto = textOf(node, "auto_pad", "NOTSET");
  if (auto === "SAME_UPPER") return sized("same");
  if (auto === "VALID") return sized("valid");
  if (auto !== "NOTSET") return `with auto_pad ${auto}`;
  const margins: Margins = {before: [top, left], after: [bottom, right]};
  const found = sized(margins);
  if (numberOf(node, "ceil_mode", 0) === 1 && sized(margins, Math.ceil).size.join() !== found.size.join()) return "with ceil_mode";
  return {...found, padding: namedPadding(margins, window, map, reading)};
}

/**
 * Margins in a file may be those of a layer that pads alike on both sides, or TensorFlow's at one size of map: where both are the same
 * numbers, that is what is said.
 */
function namedPadding(
  margins: Margins,
  window: Pick<Sliding, "kernel" | "stride" | "rate">,
  map: OnnxMap,
  reading: Reading
): WindowPadding {
  const {before, after} = margins;
  if ([...before, ...after].every((cells) => cells === 0)) return "valid";
  if (window.stride.join() === "1,1" || !isSame(margins, window, map)) return margins;
  if (before.join() !== after.join()) return "same";
  return reading.isFromTorch ? margins : "same_or_fixed";
}

/** Sizes of which one is even, where that of the map is not known. */
const ANY_SIDES = [512, 513];

/** Whether margins are those that TensorFlow's "same" has at this size. */
function isSame({before, after}: Margins, {kernel, stride, rate}: Pick<Sliding, "kernel" | "stride" | "rate">, {size}: OnnxMap): boolean {
  return size.every((side, axis) =>
    (Number.isNaN(side) ? ANY_SIDES : [side]).some((each) => {
      const same = paddingAlong(each, kernel[axis]!, {stride: stride[axis]!, rate: rate[axis]!, padding: "same"});
      return same.before === before[axis] && same.after === after[axis];
    })
  );
}

export const convolution: NodeReader = (node, reading) => {
  const [input = "", kernelName, biasName] = node.inputs;
  const stored = reading.constant(kernelName);
  const bias = reading.constant(biasName);
  if (!stored || (biasName && !bias)) return "with weights that are computed in the run";
  const map = mapBefore(input, reading);
  if (typeof map === "string") return map;
  const [outputs, channels, height, width] = fourSides(stored.shape);
  const groups = numberOf(node, "group", 1);
  const isDepthwise = groups > 1;
  if (isDepthwise && (channels !== 1 || groups !== outputs)) return `in ${groups} groups of ${channels} channels`;
  const sliding = slidingOf(node, [height, width], map, reading);
  if (typeof sliding === "string") return sliding;
  const {stride, rate, size} = sliding;
  if (stride[0] !== stride[1] || rate[0] !== rate[1]) return "with another stride or rate down than to the right";
  const {padding, from} = withPadBefore(input, sliding, reading);
  const kernel = turned(stored, FROM_OIHW);
  const shared = {input: from, stride: stride[0], rate: rate[0], padding};
  const slid: Operation = isDepthwise ? {op: "depthwise", kernel: channelsThird(kernel), ...shared} : {op: "conv", kernel, ...shared};
  const steps: Operation[] = [slid, ...(bias ? [{op: "affine", input, shift: bias.values} as const] : [])];
  return {steps, map: {layout: "nchw", size, channels: outputs}};
};

/** height x width x 1 x channels and height x width x channels x 1 are the same bytes. */
function channelsThird(kernel: Weight): Weight {
  const [height, width, , channels] = kernel.shape;
  return readWhenAsked([height!, width!, channels!, 1], () => kernel.values);
}

/**
 * A module that pads as TensorFlow does has its zeros in a node of their own, as many as the size asks for; those of others stand in the
 * convolution, or are the same at every size.
 */
function withPadBefore(input: string, {padding, ...window}: Sliding, reading: Reading): {padding: WindowPadding; from: string} {
  const padded = reading.padded(input);
  const before = padded && reading.map(padded.input);
  const isLikeSame = window.stride[0] > 1 && padding === "valid" && before && isSame(padded.margins, window, before);
  return isLikeSame ? {padding: "same", from: padded.input} : {padding, from: input};
}

export const pooling =
  (kind: "mean" | "max"): NodeReader =>
  (node, reading): Read | string => {
    const [input = ""] = node.inputs;
    const map = mapBefore(input, reading);
    if (typeof map === "string") return map;
    const window = numbersOf(node, "kernel_shape");
    if (window?.length !== 2) return "in windows of other than rows and columns";
    const sliding = slidingOf(node, window as unknown as Pair, map, reading);
    if (typeof sliding === "string") return sliding;
    const {kernel, stride, rate, padding, size} = sliding;
    if (rate.join() !== "1,1") return "with dilations";
    if (kind === "mean" && padding !== "valid" && numberOf(node, "count_include_pad", 0) === 1) return "whose mean counts the margin";
    const steps: Operation[] =
      kind === "mean" && padding === "valid" && kernel.join() === map.size.join()
        ? [{op: "mean", input}]
        : [{op: "pool", input, kind, window: kernel, stride, padding}];
    return {steps, map: {...map, size}};
  };

/** Zeros around a map. Before version 11 the margins are an attribute, since then an input. */
export const margins: NodeReader = (node, reading) => {
  const [input = "", padsName, valueName, axesName] = node.inputs;
  const pads = numbersOf(node, "pads") ?? reading.constant(padsName)?.values;
  const value = valueName ? reading.constant(valueName)?.values[0] : numberOf(node, "value", 0);
  const map = reading.map(input);
  if (!pads) return "with margins that are computed in the run: export it for one size of photo";
  if (axesName || pads.length !== 8 || !map) return "around other than rows and columns";
  const mode = textOf(node, "mode", "constant");
  if (mode !== "constant" || value !== 0) return mode === "constant" ? `with ${value}` : `(${mode})`;
  const found = marginsOf(pads, map);
  if (!found) return "around other than rows and columns";
  const [height, width] = map.size.map((side, axis) => side + found.before[axis]! + found.after[axis]!);
  return {steps: [{op: "pad", input, margins: found}], map: {...map, size: [height!, width!]}};
};

/** Margins from a list that has first those before each axis, then those after; null where there are some of photos or channels. */
export function marginsOf(pads: ArrayLike<number>, {layout}: OnnxMap): Margins | null {
  const [before, after] = [0, 4].map((start) => Array.from({length: 4}, (_, axis) => pads[start + axis]!)) as [number[], number[]];
  const [rows, columns] = layout === "nchw" ? [2, 3] : [1, 2];
  const others = [0, 1, 2, 3].filter((axis) => axis !== rows && axis !== columns);
  const isInside = [...before, ...after].every((cells) => Number.isInteger(cells) && cells >= 0);
  if (!isInside || others.some((axis) => before[axis] !== 0 || after[axis] !== 0)) return null;
  return {before: [before[rows]!, before[columns]!], after: [after[rows]!, after[columns]!]};
}
