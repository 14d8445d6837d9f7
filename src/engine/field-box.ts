import {paddingOf} from "./padding.js";
import {INPUT, findStep, stepsBetween} from "./steps.js";
import type {Step} from "./steps.js";

/** Rows and columns from the first to the last, both included. */
export interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The theoretical receptive field of one point of an end point: the smallest box of the input outside which no pixel can
 * change its value. Found by walking back through the steps, so that padding and the borders of every map count: unlike
 * `receptiveField`, which is the same everywhere.
 *
 * @param at row and column in cells, fractional: the cells around the point count
 * @param without end points that are not looked through
 * @returns in pixels of the input; null where nothing leads to it
 * @throws RangeError where there is no such end point
 */
export function fieldBox(
  steps: readonly Step[],
  endPoint: string,
  at: {readonly row: number; readonly column: number},
  without: readonly string[] = []
): Box | null {
  const boxes = new Map<string, Box>();
  const last = findStep(steps, endPoint);
  boxes.set(endPoint, {top: Math.floor(at.row), bottom: Math.ceil(at.row), left: Math.floor(at.column), right: Math.ceil(at.column)});
  if (at.row < 0 || at.row > last.height - 1 || at.column < 0 || at.column > last.width - 1) {
    throw new RangeError(
      `"${endPoint}" has ${last.height} rows and ${last.width} columns: there is no row ${at.row}, column ${at.column}.`
    );
  }
  for (const step of stepsBetween(steps, endPoint, without).toReversed()) {
    const box = boxes.get(step.name)!;
    for (const name of step.inputs) {
      if (without.includes(name)) continue;
      const read = readBy(step, findStep(steps, name), box);
      const before = boxes.get(name);
      boxes.set(name, before ? around(before, read) : read);
    }
  }
  return boxes.get(INPUT) ?? null;
}

/** The cells of an input that a step reads for a box of its output. */
function readBy(step: Step, from: Step, box: Box): Box {
  const [top, bottom] = readAlong(step, from.height, step.height, box.top, box.bottom);
  const [left, right] = readAlong(step, from.width, step.width, box.left, box.right);
  return {top, bottom, left, right};
}

function readAlong({op, kernelSize, stride, rate}: Step, size: number, cells: number, first: number, last: number): [number, number] {
  switch (op) {
    case "conv":
    case "depthwise": {
      // Taps outside the map read zeros: at a large rate a cell may be all that is left of its neighbourhood.
      const {before} = paddingOf(size, kernelSize, {stride, rate, padding: "same"});
      const taps = Array.from(
        {length: (last - first + 1) * kernelSize},
        (_, i) => (first + Math.floor(i / kernelSize)) * stride - before + (i % kernelSize) * rate
      );
      const inside = taps.filter((tap) => tap >= 0 && tap < size);
      return [Math.min(...inside), Math.max(...inside)];
    }
    case "mean":
      return [0, size - 1];
    case "upsample": {
      const scale = cells > 1 ? (size - 1) / (cells - 1) : 0;
      return [Math.floor(first * scale), Math.ceil(last * scale)];
    }
    default:
      return [first, last];
  }
}

function around(a: Box, b: Box): Box {
  return {
    top: Math.min(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right)
  };
}
