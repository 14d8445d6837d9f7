/** Stacks of layers, one reading the other: what one cell behind each sees of the input. Along one side, as kernels are square here. */
import {paddingOf} from "../padding.js";
import type {Padding} from "../padding.js";
import {receptiveField} from "../receptive-field.js";
import type {ReceptiveField} from "../receptive-field.js";
import {INPUT, StepList} from "../step-list.js";
import type {Step} from "../steps/kinds.js";

/** A layer with a window: a convolution or a pooling. */
export interface StackLayer {
  /** Taps along one side. */
  readonly kernel: number;
  readonly stride: number;
  readonly rate: number;
}

/** How layers of a stack are padded: half of their reach before and behind, or not at all. Neither depends on the size of the map. */
export type StackPadding = Extract<Padding, "fixed" | "valid">;

/** What one cell behind a layer of a stack sees. */
export interface StackField extends ReceptiveField {
  /** The first pixel that the first cell sees, from 0; below 0 it lies in the padding. */
  readonly start: number;
  /** In how many ways each pixel from the first to the last reaches the cell; 0 is a hole. */
  readonly paths: readonly number[];
  readonly holes: number;
}

/** The receptive field behind each layer of a stack, from the first to the last. @throws RangeError on no whole numbers from 1 up */
export function stackFields(layers: readonly StackLayer[], padding: StackPadding): StackField[] {
  const steps = stepsOf(layers);
  let start = 0;
  let jump = 1;
  return layers.map(({kernel, stride, rate}, index) => {
    start -= paddingOf(1, kernel, {stride, rate, padding}).before * jump;
    const field = receptiveField(steps, nameOf(index));
    ({jump} = field);
    const paths = stackPaths(layers.slice(0, index + 1));
    return {...field, start, paths, holes: paths.filter((count) => count === 0).length};
  });
}

/** How many pixels one cell behind a stack sees along a side. */
export function stackExtent(layers: readonly StackLayer[]): number {
  return layers.length === 0 ? 1 : receptiveField(stepsOf(layers), nameOf(layers.length - 1)).extent;
}

/** A stack as the engine's own steps, on a map of one cell: what they see is the same whatever its size. */
function stepsOf(layers: readonly StackLayer[]): readonly Step[] {
  const steps = new StepList({height: 1, width: 1, channels: 1});
  layers.forEach((layer, index) => {
    steps.depthwise(nameOf(index), index === 0 ? INPUT : nameOf(index - 1), {...layer, padding: "fixed", activation: "linear"});
  });
  return steps.list;
}

const nameOf = (index: number) => `layer ${index}`;

/**
 * In how many ways each input cell reaches one cell behind a stack, by walking back from that: 0 is a hole.
 *
 * @param layers from the first to the last
 * @returns the counts along one side, from the first cell that is read to the last
 */
export function stackPaths(layers: readonly StackLayer[]): number[] {
  return layers.reduceRight<number[]>(
    (counts, {kernel, stride, rate}) => {
      const next = new Array<number>((counts.length - 1) * stride + (kernel - 1) * rate + 1).fill(0);
      counts.forEach((count, cell) => {
        for (let tap = 0; tap < kernel; tap++) next[cell * stride + tap * rate]! += count;
      });
      return next;
    },
    [1]
  );
}
