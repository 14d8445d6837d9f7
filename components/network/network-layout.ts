import {boxHeight, boxWidth, extentOf, FAN, GAP, LABEL_LINE, LETTER, TITLE} from "./diagram-boxes.js";
import type {Box, Frame, Layout} from "./diagram-boxes.js";
import {columnsOf, rowsOf, verticesOf} from "./diagram-graph.js";
import type {DiagramItem, Vertex} from "./diagram-graph.js";
import {linksOf} from "./diagram-links.js";

/** Items that are drawn as one box until it is opened. */
export interface DiagramGroup {
  /** Over it where it is open. */
  readonly title: string;
  /** Lines under its box where it is closed. */
  readonly label: readonly string[];
  readonly name: string;
}

/** Room around an open group, in its frame, and around everything. */
const FRAME = 6;
const MARGIN = 16;

/**
 * Places a network: the flow goes to the right, parallel branches lie under each other.
 *
 * @param items in an order in which each reads only what stands before it
 * @param isOpen whether a group is drawn as its items
 */
export function layoutNetwork(
  items: readonly DiagramItem[],
  groups: ReadonlyMap<string, DiagramGroup>,
  isOpen: (group: string) => boolean
): Layout {
  const vertices = verticesOf(items, isOpen);
  const columns = columnsOf(vertices);
  const {rows, beneath} = rowsOf(vertices, columns);

  const sized = [...vertices.values()].map((vertex) => {
    const {members, id} = vertex;
    const last = members.at(-1)!;
    const {label, name} = members.length > 1 ? groups.get(last.group!)! : last;
    return {
      ...{id, members, label, name, vertex, column: columns.get(id)!, row: rows.get(id)!},
      width: boxWidth(last.channels),
      height: boxHeight(last.side),
      skips: hasInnerSkip(members)
    };
  });

  const isBeneath = ({vertex}: {vertex: Vertex}) => beneath.has(vertex.id);
  const branching = new Set(sized.filter(({row}) => row !== 0).map(({column}) => column));
  const tallest = Math.max(
    0,
    ...sized.filter((box) => branching.has(box.column) && box.row !== 0 && !isBeneath(box)).map(({height}) => height)
  );
  const pitch = tallest + 2 * LABEL_LINE + TITLE + 4;
  const centres: number[] = [];
  let x = 0;
  for (let column = 0; column <= Math.max(...columns.values()); column++) {
    const here = sized.filter((box) => box.column === column);
    const width = Math.max(...here.map((box) => Math.max(box.width, ...box.label.map((line) => line.length * LETTER))));
    if (branching.has(column) || branching.has(column - 1)) x += FAN;
    centres.push(x + width / 2);
    x += width + GAP;
  }
  // What runs beneath the others may be taller than they are.
  const lowered = Math.max(0, ...sized.filter(isBeneath).map(({height}) => (height - tallest) / 2));
  const boxes = sized.map(({vertex, row, ...box}): Box => ({
    ...box,
    x: centres[box.column]!,
    y: row * pitch + (isBeneath({vertex}) ? lowered : 0)
  }));
  const frames = framesOf(boxes, groups);
  const links = linksOf(boxes, vertices, beneath);
  return {boxes, links, frames, bounds: boundsOf(boxes)};
}

/** Whether two of a group's items read one thing outside of it: a skip around what lies between. */
function hasInnerSkip(members: readonly DiagramItem[]): boolean {
  const inside = new Set(members.map(({id}) => id));
  const outside = members.flatMap(({inputs}) => inputs.filter((input) => !inside.has(input)));
  return new Set(outside).size < outside.length;
}

function framesOf(boxes: readonly Box[], groups: ReadonlyMap<string, DiagramGroup>): Frame[] {
  return [...groups].flatMap(([group, {title}]) => {
    const open = boxes.filter(({members}) => members.length === 1 && members[0]!.group === group);
    if (open.length === 0) return [];
    const sides = open.map((box) => ({...extentOf(box), bottom: box.y + box.height / 2 + box.label.length * LABEL_LINE + 4}));
    const left = Math.min(...sides.map((side) => side.left)) - FRAME;
    const top = Math.min(...sides.map((side) => side.top)) - FRAME;
    const right = Math.max(...sides.map((side) => side.right)) + FRAME;
    return [{group, title, x: left, y: top, width: right - left, height: Math.max(...sides.map((side) => side.bottom)) + 2 - top}];
  });
}

function boundsOf(boxes: readonly Box[]): Layout["bounds"] {
  const extents = boxes.map(extentOf);
  const x = Math.min(...extents.map(({left}) => left)) - MARGIN;
  const y = Math.min(...extents.map(({top}) => top)) - MARGIN - 2 * TITLE;
  const right = Math.max(...extents.map(({right}) => right)) + MARGIN;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height / 2 + box.label.length * LABEL_LINE)) + MARGIN;
  return {x, y, width: right - x, height: bottom - y};
}

export type Direction = "left" | "right" | "up" | "down";

/** The box that an arrow key leads to: along a link to the left or right, to the nearest branch up or down; null where there is none. */
export function neighbour({boxes, links}: Layout, id: string, direction: Direction): Box | null {
  const here = boxes.find((box) => box.id === id);
  if (!here) return null;
  const byId = (wanted: string) => boxes.find((box) => box.id === wanted)!;
  const candidates: Box[] =
    direction === "right"
      ? links.filter(({from}) => from === id).map(({to}) => byId(to))
      : direction === "left"
        ? links.filter(({to}) => to === id).map(({from}) => byId(from))
        : boxes.filter(({y}) => (direction === "down" ? y > here.y : y < here.y));
  // A branch in the same column rather than a nearer row in another.
  const distance = (box: Box) => 3 * Math.abs(box.x - here.x) + Math.abs(box.y - here.y);
  return candidates.reduce<Box | null>((best, box) => (!best || distance(box) < distance(best) ? box : best), null);
}
