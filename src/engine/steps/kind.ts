import type * as tf from "@tensorflow/tfjs-core";
import type {Activation} from "./activation.js";
import type {TensorOps} from "./tensor-ops.js";

/**
 * What a kind of step says about itself. A kind is one file and its line in `kinds.ts`; run, weights, cost, receptive field, gradient and
 * the rest are loops over that table.
 *
 * The tensor operations are handed in, so that a page that only plans, counts and draws does not load TensorFlow.js.
 */

/** Size of an activation, without its batch. */
export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** What every step knows before it runs. */
export interface StepBase extends Shape {
  /** End point, e.g. `backbone/block_03/depthwise`; its weights are `<name>/<role>`. */
  readonly name: string;
  /** Names of the steps whose outputs this one reads. */
  readonly inputs: readonly string[];
  /** What those steps give, in the same order. */
  readonly from: readonly Shape[];
  readonly activation: Activation;
  /** Multiplications of a convolution, zero padding included, as the papers count; 0 for other steps. */
  readonly multiplyAdds: number;
  /** Weights and biases. */
  readonly parameters: number;
  /** Where the weights are another step's: that step's end point, and which input channels of its kernel, if not all. */
  readonly borrowed?: {readonly name: string; readonly rows?: readonly [start: number, count: number]};
}

/** One weight of a step. */
export interface WeightSpec {
  /** Kernels HWIO, depthwise kernels [h, w, C, 1], one value a channel for the others. */
  readonly shape: readonly number[];
  /** The axis along which the output channels lie. */
  readonly outputAxis: number;
  /** Multiplied with what is read, or added to the result. */
  readonly part: "factor" | "summand";
  /** How many inputs make one output value: for the size of random weights. Of a factor a channel, 0. */
  readonly fanIn: number;
}

/** Weights by role, e.g. `kernel`, `bias`. */
export type WeightSpecs = Readonly<Record<string, WeightSpec>>;
export type StepTensors = Readonly<Record<string, tf.Tensor | undefined>>;

export type Axis = "height" | "width";

/** What one output cell reads along a side, far from any border. */
export interface Field {
  /** Input cells from the first to the last; Infinity for all. */
  readonly extent: number;
  /** Input cells from one output cell to the next; 0 where there is only one. */
  readonly jump: number;
}

/** The place of one value of an activation. */
export interface Place {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

/** A cell of an input that one value of the output is made of. */
export interface ReadCell {
  /** Which of the step's inputs. */
  readonly input: number;
  /** Outside of the map where it reads padding, which is zero. */
  readonly row: number;
  readonly column: number;
  /** What it is multiplied with; null where the step's factors say so, tap by tap. */
  readonly share: number | null;
}

/** How one value of the output is made, before what is added to it and the activation. */
export interface Made {
  readonly by: "sum" | "largest" | "product";
  /** In the order of the taps, where there are any. */
  readonly cells: readonly ReadCell[];
  /** The channel that is read of each; null for all of them. */
  readonly channel: number | null;
}

/** What a backward pass is given. */
export interface BackwardOptions {
  /** With respect to the output before its activation, [N, h, w, channels]. */
  readonly gradient: tf.Tensor4D;
  /** What the step read; empty where `needsInputs` said no. */
  readonly inputs: readonly tf.Tensor4D[];
  readonly weights: StepTensors;
  /** Whether gradients with respect to the weights are wanted. */
  readonly ofWeights: boolean;
  /** Whether gradients with respect to the inputs are wanted: of a step whose weights are the first that are trained they are not. */
  readonly ofInputs: boolean;
}

export interface BackwardResult {
  /** One an input, in their order; where they were not wanted, there may be none. */
  readonly inputs: readonly tf.Tensor4D[];
  /** By role; empty where they were not wanted. */
  readonly weights: Readonly<Record<string, tf.Tensor>>;
}

export interface StepKind<Op extends string, Options extends object> {
  readonly op: Op;
  /** What it does, in a word or two that a page can show. */
  words(step: Options & StepBase): string;
  /** @throws RangeError where the options do not fit the inputs */
  shape(options: Options, from: readonly Shape[]): Shape;
  weights(options: Options, from: readonly Shape[]): WeightSpecs;
  multiplyAdds(options: Options, from: readonly Shape[], to: Shape): number;
  field(step: Options & StepBase, axis: Axis): Field;
  /** First and last cell of one of its inputs that a range of output cells reads along a side; the borders of the map count. */
  cells(step: Options & StepBase, input: number, axis: Axis, first: number, last: number): readonly [number, number];
  /** How one value of its output is made; null where it reads nothing. */
  made(step: Options & StepBase, at: Place): Made | null;
  /** Its output, activation included. */
  forward(ops: TensorOps, step: Options & StepBase, inputs: readonly tf.Tensor4D[], weights: StepTensors): tf.Tensor4D;
  /** Whether a step without its summands and its activation is linear in what it reads. */
  isLinear(step: Options & StepBase): boolean;
  /** Whether `backward` needs what the step read. */
  needsInputs(step: Options & StepBase, ofWeights: boolean): boolean;
  /** Made of forward operations only, because the gradient kernels of TensorFlow.js know no rates and are missing on some backends. */
  backward(ops: TensorOps, step: Options & StepBase, given: BackwardOptions): BackwardResult;
}

/** The step that a kind describes. */
export type StepOf<Kind> = Kind extends StepKind<infer Op, infer Options> ? Options & StepBase & {readonly op: Op} : never;

/** What most kinds without a window say: each cell reads the cell at its place, or the only one there is. */
export const CELL_BY_CELL = {
  field: (): Field => ({extent: 1, jump: 1}),
  cells: (step: StepBase, input: number, axis: Axis, first: number, last: number) =>
    step.from[input]![axis] === 1 ? ([0, 0] as const) : ([first, last] as const)
};

/** The cell of each input that a place of the output reads, where none has a window. */
export function cellsAt(step: StepBase, {row, column}: Place, share: number | null): ReadCell[] {
  return step.from.map(({height, width}, input) => ({input, row: height === 1 ? 0 : row, column: width === 1 ? 0 : column, share}));
}

/** What kinds without weights and multiplications say. */
export const WITHOUT_WEIGHTS = {
  weights: (): WeightSpecs => ({}),
  multiplyAdds: () => 0
};
