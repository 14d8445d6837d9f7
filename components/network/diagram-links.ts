import {bottomOf, FAN, GAP, TITLE} from "./diagram-boxes.js";
import type {Box, Link} from "./diagram-boxes.js";
import type {Vertex} from "./diagram-graph.js";

/** Of corners. */
const ROUND = 5;

/**
 * What leads from box to box.
 *
 * @param beneath boxes whose branch begins far back and runs beneath the others
 * @param lineOf the line of a box, counted from the top
 */
export function linksOf(
  boxes: readonly Box[],
  vertices: ReadonlyMap<string, Vertex>,
  beneath: ReadonlySet<string>,
  lineOf: (box: Box) => number
): Link[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return boxes.flatMap((to) =>
    vertices.get(to.id)!.inputs.map((input): Link => {
      const from = byId.get(input)!;
      const ends = {from: input, to: to.id};
      if (beneath.has(to.id) && !beneath.has(input)) return {...ends, skip: true, path: dive(from, to)};
      if (lineOf(from) !== lineOf(to))
        return {
          ...ends,
          skip: to.column - from.column > 1,
          path: turn(from, to, bottomOf(boxes.filter((box) => lineOf(box) === lineOf(from))))
        };
      const passed = boxes.filter(({column, y}) => y === from.y && y === to.y && column > from.column && column < to.column);
      if (passed.length > 0) return {...ends, skip: true, path: arch(from, to, passed)};
      return {...ends, skip: false, path: flow(from, to)};
    })
  );
}

/** Along its row; from another row it is reached by a curve right after the fork, or right before the join. */
function flow(from: Box, to: Box): string {
  const x0 = from.x + from.width / 2;
  const x1 = to.x - to.width / 2;
  if (from.y === to.y) return `M${x0},${from.y}L${x1},${to.y}`;
  const turn = Math.min(FAN + GAP, x1 - x0);
  const end = to.column - from.column > 1 ? x0 + turn : x1;
  const middle = (x0 + end) / 2;
  return `M${x0},${from.y}C${middle},${from.y} ${middle},${to.y} ${end},${to.y}L${x1},${to.y}`;
}

/**
 * From the end of a line to the next: back between the two, and in from the left, or from above where that is not the next box.
 *
 * @param bottom of the line that it begins on
 */
function turn(from: Box, to: Box, bottom: number): string {
  const between = bottom + GAP / 2;
  const [right, left] = [from.x + from.width / 2, to.x - to.width / 2];
  const down = `M${right},${from.y}h${GAP / 2 - ROUND}q${ROUND},0 ${ROUND},${ROUND}V${between - ROUND}q0,${ROUND} ${-ROUND},${ROUND}`;
  if (to.column - from.column > 1) return `${down}H${to.x + ROUND}q${-ROUND},0 ${-ROUND},${ROUND}V${to.y - to.height / 2}`;
  return `${down}H${left - GAP / 2 + ROUND}q${-ROUND},0 ${-ROUND},${ROUND}V${to.y - ROUND}q0,${ROUND} ${ROUND},${ROUND}H${left}`;
}

/** Over the boxes between. */
function arch(from: Box, to: Box, passed: readonly Box[]): string {
  const peak = Math.min(...[from, to, ...passed].map((box) => box.y - box.height / 2)) - TITLE - 12;
  const [start, end] = [from, to].map((box) => box.y - box.height / 2) as [number, number];
  // A cubic comes three quarters of the way to its control points.
  const control = (peak - (start + end) / 8) / 0.75;
  return `M${from.x},${start}C${from.x},${control} ${to.x},${control} ${to.x},${end}`;
}

/** Down beneath what lies between, and along. */
function dive(from: Box, to: Box): string {
  const start = from.y + Math.sign(to.y - from.y) * (from.height / 2);
  const along = Math.min(from.x + 90, to.x - to.width / 2);
  return `M${from.x},${start}C${from.x},${to.y} ${from.x},${to.y} ${along},${to.y}L${to.x - to.width / 2},${to.y}`;
}
