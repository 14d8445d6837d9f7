import type {Weight} from "../engine/model.js";
import type {Activation} from "../engine/network.js";
import type {Sampling} from "../engine/steps/upsample.js";
import {FormatError} from "../formats/format-error.js";
import {readWhenAsked} from "../formats/node-graph.js";
import {MAXIMUM_CHANNELS} from "./channel-lists.js";
import {withHardActivations} from "./hard-activations.js";
import {inOrder} from "./in-order.js";
import {countReaders, inputsOf} from "./operations.js";
import {withMarginsLast} from "./margins-last.js";
import type {Margins, Operation, Operations} from "./operations.js";
import {croppedPadding, paddingBehind} from "./window-padding.js";
import type {Before, FoldedPadding} from "./window-padding.js";

/** A convolution with everything that follows it folded in: batch normalisation, bias, activation. */
export interface Layer {
  readonly op: "conv" | "depthwise";
  readonly name: string;
  readonly inputs: readonly [string];
  readonly kernel: Weight;
  readonly bias: Float32Array;
  readonly stride: number;
  readonly rate: number;
  readonly padding: FoldedPadding;
  readonly activation: Activation;
}

/** x * scale + shift and an activation that no convolution could take: either may be all there is. */
export interface AffinePart {
  readonly op: "affine";
  readonly name: string;
  readonly inputs: readonly [string];
  readonly scale?: Float32Array;
  readonly shift?: Float32Array;
  readonly activation: Activation;
}

interface Named {
  readonly name: string;
  readonly inputs: readonly string[];
}

/** A node of the folded network; `inputs` name other parts. */
export type Part =
  | Layer
  | AffinePart
  | (Named & {readonly op: "add" | "multiply"; readonly activation: Activation})
  | (Named & {readonly op: "resize"; readonly mode: Sampling; readonly size: readonly [number, number] | null})
  | (Named & {
      readonly op: "pool";
      readonly kind: "mean" | "max";
      readonly window: readonly [number, number];
      readonly stride: readonly [number, number];
      readonly padding: FoldedPadding;
    })
  | (Named & {readonly op: "pad"; readonly margins: Margins | null})
  | (Named & {readonly op: "atrous"; readonly rate: number; readonly margins: Margins | null})
  | (Named & {readonly op: "concat" | "mean"})
  | (Named & {readonly op: "other"; readonly what: string});

/**
 * Folds elementary operations into layers, in an order in which every part comes after those that it reads.
 *
 * Scales are multiplied into kernels and summands into biases in double precision, then rounded to float32. An affine map or
 * an activation of something that is not a bare convolution stays a part of its own, with its numbers.
 *
 * @throws FormatError where the graph has a cycle or a list does not fit the channels it applies to
 */
export function foldLayers(elementary: Operations): Map<string, Part> {
  const operations = withMarginsLast(withHardActivations(elementary));
  const parts = new Map<string, Part>();
  /** Part that holds the value of each operation. */
  const holder = new Map<string, string>();
  /** Layer whose padding the cropping after it belongs to, for what lies between SpaceToBatchND and BatchToSpaceND. */
  const batched = new Map<string, string>();
  /** Whether one operation alone reads a value, under any of the names that it has. */
  const sole = new Map<string, boolean>();
  const readers = countReaders(operations);
  const part = (input: string) => holder.get(input) ?? input;

  for (const [name, operation] of inOrder(operations, inputsOf)) {
    const isReadOnce = readers.get(name) === 1;
    const keep = (kept: Part) => {
      parts.set(name, kept);
      holder.set(name, name);
      sole.set(name, isReadOnce);
      const layer = inputsOf(operation).map((input) => batched.get(input))[0];
      if (layer !== undefined) batched.set(name, layer);
    };
    /** Makes the value that of a part that is there, after a change to it. */
    const become = (changed: Part | undefined, input: string) => {
      const holding = changed?.name ?? part(input);
      if (changed) parts.set(holding, changed);
      holder.set(name, holding);
      sole.set(name, (changed !== undefined || sole.get(input) === true) && isReadOnce);
      const layer = batched.get(input);
      if (layer !== undefined) batched.set(name, layer);
    };
    /** The part before, if this operation alone reads it and no activation was applied to it. */
    const bare = (input: string) => {
      const before = parts.get(part(input));
      return before && "activation" in before && before.activation === "linear" && sole.get(input) ? before : null;
    };
    switch (operation.op) {
      case "conv":
      case "depthwise": {
        const {op, kernel, stride} = operation;
        const [input, before] = behindMargins(parts, part(operation.input));
        const {rate, padding} = paddingBehind(operation, before);
        const channels = op === "conv" ? kernel.shape[3]! : kernel.shape[2]!;
        if (!(channels <= MAXIMUM_CHANNELS)) throw new FormatError(`The graph is damaged: "${name}" has ${channels} channels.`);
        keep({op, name, inputs: [input], kernel, bias: new Float32Array(channels), stride, rate, padding, activation: "linear"});
        if (before.some((step) => step.op === "atrous")) batched.set(name, name);
        break;
      }
      case "affine": {
        const {input, scale, shift} = operation;
        const before = bare(input);
        if (before && isLayer(before)) become(withAffine(before, scale, shift), input);
        else if (before?.op === "affine") become({...before, ...composed(before, {scale, shift})}, input);
        else keep({op: "affine", name, inputs: [part(input)], ...(scale && {scale}), ...(shift && {shift}), activation: "linear"});
        break;
      }
      case "activation": {
        const {input, activation} = operation;
        const before = bare(input);
        if (before) become({...before, activation}, input);
        else keep({op: "affine", name, inputs: [part(input)], activation});
        break;
      }
      case "gather": {
        const layer = parts.get(batched.get(operation.input) ?? "");
        if (layer && isLayer(layer)) parts.set(layer.name, {...layer, padding: croppedPadding(layer, operation.crops)});
        become(undefined, operation.input);
        batched.delete(name);
        break;
      }
      case "same":
        become(undefined, operation.input);
        break;
      case "resize":
        keep({op: "resize", name, inputs: [part(operation.input)], mode: operation.mode, size: operation.size ?? null});
        break;
      case "add":
      case "multiply":
        keep({op: operation.op, name, inputs: operation.inputs.map(part), activation: "linear"});
        break;
      case "pool": {
        const {op, kind, window, stride} = operation;
        keep({op, name, kind, window, stride, ...aroundPool(parts, {...operation, input: part(operation.input)})});
        break;
      }
      case "pad":
        keep({op: "pad", name, inputs: [part(operation.input)], margins: operation.margins});
        break;
      case "atrous": {
        const {op, input, rate, margins = {before: [0, 0], after: [0, 0]}} = operation;
        keep({op, name, inputs: [part(input)], rate, margins});
        break;
      }
      case "other":
        keep({op: "other", name, inputs: operation.inputs.map(part), what: operation.what ?? "an unknown operation"});
        break;
      default:
        keep({op: operation.op, name, inputs: inputsOf(operation).map(part)});
    }
  }
  return parts;
}

/** What a convolution reads behind padding and gathering into batches, which it takes upon itself. */
function behindMargins(parts: ReadonlyMap<string, Part>, input: string): [string, Before[]] {
  const before: Before[] = [];
  let at = input;
  for (let part = parts.get(at); part?.op === "pad" || part?.op === "atrous"; part = parts.get(at)) {
    before.push(part);
    at = part.inputs[0]!;
  }
  return [at, before];
}

/** The same for a maximum: zeros around a map change nothing where all its values are zero or more. */
function aroundPool(
  parts: ReadonlyMap<string, Part>,
  {input, kind, window, stride, padding}: Extract<Operation, {op: "pool"}>
): {inputs: string[]; padding: FoldedPadding} {
  const [behind, before] = behindMargins(parts, input);
  const read = parts.get(behind);
  const isPositive = read && "activation" in read && (read.activation === "relu" || read.activation === "relu6");
  const slid = {kernel: {shape: window}, stride: stride[0], rate: 1, padding};
  if (kind !== "max" || !isPositive || before.length === 0 || before.some(({op}) => op !== "pad"))
    return {inputs: [input], padding: typeof padding === "string" ? padding : paddingBehind(slid, []).padding};
  return {inputs: [behind], padding: paddingBehind(slid, before).padding};
}

export function isLayer(part: Part): part is Layer {
  return part.op === "conv" || part.op === "depthwise";
}

/**
 * A layer with a factor and a summand a channel of its output, or one for all, folded in.
 *
 * @throws FormatError where they do not fit its channels
 */
export function withAffine<L extends Pick<Layer, "name" | "kernel" | "bias">>(
  layer: L,
  scale: Float32Array | undefined,
  shift: Float32Array | undefined
): L {
  const channels = layer.bias.length;
  const at = (list: Float32Array, channel: number) => list[list.length === 1 ? 0 : channel]!;
  for (const list of [scale, shift]) {
    if (list && list.length !== 1 && list.length !== channels) {
      throw new FormatError(`The file is damaged: "${layer.name}" has ${channels} channels, but ${list.length} values for them.`);
    }
  }
  let {kernel} = layer;
  if (scale) {
    // Output channels are the fastest axis of a kernel (HWIO), and of a depthwise kernel (HWC1) too.
    const {kernel: bare} = layer;
    kernel = readWhenAsked(bare.shape, () => bare.values.map((value, i) => value * at(scale, i % channels)));
  }
  const bias = layer.bias.map((value, channel) => value * (scale ? at(scale, channel) : 1) + (shift ? at(shift, channel) : 0));
  return {...layer, kernel, bias};
}

interface ScaleAndShift {
  readonly scale?: Float32Array | undefined;
  readonly shift?: Float32Array | undefined;
}

/** One affine map after another. */
function composed(first: ScaleAndShift, {scale, shift}: ScaleAndShift): {scale?: Float32Array; shift?: Float32Array} {
  const scaled = combined(first.scale, scale, (a, b) => a * b);
  const moved = combined(first.shift && combined(first.shift, scale, (a, b) => a * b), shift, (a, b) => a + b);
  return {...(scaled && {scale: scaled}), ...(moved && {shift: moved})};
}

/** Two lists channel by channel, of which either may hold one value for all; one that is missing changes nothing. */
function combined(
  a: Float32Array | undefined,
  b: Float32Array | undefined,
  combine: (a: number, b: number) => number
): Float32Array | undefined {
  if (!a || !b) return a ?? b;
  const at = (list: Float32Array, channel: number) => list[list.length === 1 ? 0 : channel]!;
  return Float32Array.from({length: Math.max(a.length, b.length)}, (_, channel) => combine(at(a, channel), at(b, channel)));
}
