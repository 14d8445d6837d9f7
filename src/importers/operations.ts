import type {Weight} from "../engine/model.js";
import type {Activation} from "../engine/network.js";
import type {Sampling} from "../engine/steps/upsample.js";

/** Cells of zeros around a map, rows then columns. */
export interface Margins {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

/**
 * What a window reads beyond its map: "same" and "valid" as TensorFlow means them, or margins that the file states. Those that are "same"
 * at the one size that a file is for, and as many on both sides too, may be either: "same_or_fixed".
 */
export type WindowPadding = "same" | "valid" | "same_or_fixed" | Margins;

/**
 * What the importers see of a network, whatever file it came from: a list of elementary operations. A convolution with
 * fused bias and activation is three of them; weights are already in our layouts.
 */
export type Operation =
  | {
      readonly op: "conv" | "depthwise";
      readonly input: string;
      readonly kernel: Weight;
      readonly stride: number;
      readonly rate: number;
      /** "same" by default. */
      readonly padding?: WindowPadding;
    }
  /** x * scale + shift, one factor and one summand a channel, or one for all. */
  | {readonly op: "affine"; readonly input: string; readonly scale?: Float32Array; readonly shift?: Float32Array}
  | {readonly op: "activation"; readonly input: string; readonly activation: Activation}
  /**
   * SpaceToBatchND: the convolution that follows has this atrous rate and, besides its own, this padding; null where the file
   * computes it only in a run.
   */
  | {readonly op: "atrous"; readonly input: string; readonly rate: number; readonly margins?: Margins | null}
  /** BatchToSpaceND: takes these margins away again. */
  | {readonly op: "gather"; readonly input: string; readonly crops?: Margins | null}
  /** Zeros around the map; null where the file computes how many only in a run. */
  | {readonly op: "pad"; readonly input: string; readonly margins: Margins | null}
  /** The mean over the whole map. */
  | {readonly op: "mean"; readonly input: string}
  | {
      readonly op: "pool";
      readonly input: string;
      readonly kind: "mean" | "max";
      /** Height and width in cells. */
      readonly window: readonly [number, number];
      readonly stride: readonly [number, number];
      readonly padding: WindowPadding;
    }
  /** A bilinear resize to this height and width; null where the file computes them only in a run. */
  | {readonly op: "resize"; readonly input: string; readonly mode: Sampling; readonly size?: readonly [number, number] | null}
  /** Hands on its input, as far as the network is concerned. */
  | {readonly op: "same"; readonly input: string}
  | {readonly op: "add" | "multiply" | "concat"; readonly inputs: readonly string[]}
  /** Anything else; `what` is the file's word for it. */
  | {readonly op: "other"; readonly inputs: readonly string[]; readonly what?: string};

/** Operations by the name of their output. */
export type Operations = ReadonlyMap<string, Operation>;

/** Names of the outputs that an operation reads. */
export function inputsOf(operation: Operation): readonly string[] {
  return "input" in operation ? [operation.input] : operation.inputs;
}

/** How many operations read each output, under the name it is read by. */
export function countReaders(operations: Operations): Map<string, number> {
  const readers = new Map<string, number>();
  for (const operation of operations.values()) {
    for (const input of inputsOf(operation)) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  return readers;
}

/** Adds what a file has as one operation: steps of which each but the first reads the one before; the last has the operation's name. */
export function addSteps(operations: Map<string, Operation>, name: string, steps: readonly Operation[]): void {
  const nameOf = (index: number) => (index === steps.length - 1 ? name : `${name}/${index}`);
  steps.forEach((step, index) => {
    const before = nameOf(index - 1);
    operations.set(nameOf(index), index === 0 ? step : "input" in step ? {...step, input: before} : {...step, inputs: [before]});
  });
}

export type Arithmetic = "add" | "sub" | "mul" | "div";

/**
 * A map and a constant that are added, subtracted, multiplied or divided.
 *
 * @param isFirst whether the constant is what is subtracted from, or divided
 * @returns null for a constant by a map, which is no factor and no summand
 */
export function affineWith(op: Arithmetic, input: string, constant: Float32Array, isFirst: boolean): (Operation & {op: "affine"}) | null {
  switch (op) {
    case "add":
      return {op: "affine", input, shift: constant};
    case "mul":
      return {op: "affine", input, scale: constant};
    case "sub":
      return isFirst
        ? {op: "affine", input, scale: Float32Array.of(-1), shift: constant}
        : {op: "affine", input, shift: constant.map((value) => -value)};
    case "div":
      return isFirst ? null : {op: "affine", input, scale: constant.map((value) => 1 / value)};
  }
}

/**
 * Margins from a file's list of [before, after] pairs of rows and columns.
 *
 * @returns null where the values are not there (computed in a run) or not two pairs
 */
export function marginsOf(pairs: ArrayLike<number> | null | undefined): Margins | null {
  if (pairs?.length !== 4) return null;
  const [top, bottom, left, right] = Array.from(pairs) as [number, number, number, number];
  return {before: [top, left], after: [bottom, right]};
}

/** The same for a list that also has pairs for batch and channels; null where those are not zero. */
export function mapMarginsOf(pairs: ArrayLike<number> | null | undefined): Margins | null {
  if (pairs?.length !== 8) return null;
  const all = Array.from(pairs);
  return [0, 1, 6, 7].every((at) => all[at] === 0) ? marginsOf(all.slice(2, 6)) : null;
}

/** Whether these axes are the rows and columns of a map, and a mean over them leaves a map of one cell. */
export function isMeanOverMap(axes: ArrayLike<number> | null | undefined, keepsAxes: boolean): boolean {
  if (axes?.length !== 2) return false;
  const sorted = Array.from(axes, (axis) => (axis < 0 ? axis + 4 : axis)).sort();
  return keepsAxes && sorted.join() === "1,2";
}
