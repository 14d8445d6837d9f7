import {INPUT, findStep, stepsBetween} from "./step-list.js";
import {kindOf} from "./steps/kinds.js";
import type {Step} from "./steps/kinds.js";

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
    step.inputs.forEach((name, input) => {
      if (without.includes(name)) return;
      const read = readBy(step, input, box);
      const before = boxes.get(name);
      boxes.set(name, before ? around(before, read) : read);
    });
  }
  return boxes.get(INPUT) ?? null;
}

/** The cells of one of its inputs that a step reads for a box of its output. */
function readBy(step: Step, input: number, box: Box): Box {
  const kind = kindOf(step);
  const [top, bottom] = kind.cells(step, input, "height", box.top, box.bottom);
  const [left, right] = kind.cells(step, input, "width", box.left, box.right);
  return {top, bottom, left, right};
}

function around(a: Box, b: Box): Box {
  return {
    top: Math.min(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right)
  };
}
