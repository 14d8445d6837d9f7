import {bottomOf, channelsWidth, extentOf, faceOf, FAN, GAP, LABEL_LINE, LETTER, TITLE} from "./diagram-boxes.js";
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
const MARGIN = 12;
/** Room between lines: for a skip's arch and a title. */
const LINE_GAP = 44;
/** Lines that a network is laid in at most. */
const MOST_LINES = 4;
/** What another line must win of the scale. */
const WORTH = 1.08;
/** Lengths that lines are tried at. */
const TRIED = 60;

/**
 * Places a network: the flow goes to the right, parallel branches lie under each other.
 *
 * @param items in an order in which each reads only what stands before it
 * @param isOpen whether a group is drawn as its items
 * @param options.aspect width of the maps as a share of their height; 1 by default
 * @param options.lines how many lines the flow takes at most, as a text does, up to where it first parts; 1 by default
 */
export function layoutNetwork(
  items: readonly DiagramItem[],
  groups: ReadonlyMap<string, DiagramGroup>,
  isOpen: (group: string) => boolean,
  {aspect = 1, lines = 1}: {readonly aspect?: number; readonly lines?: number} = {}
): Layout {
  const vertices = verticesOf(items, isOpen);
  const columns = columnsOf(vertices);
  const {rows, beneath} = rowsOf(vertices, columns);

  const sized = [...vertices.values()].map((vertex) => {
    const {members, id} = vertex;
    const last = members.at(-1)!;
    const {label, name} = members.length > 1 ? groups.get(last.group!)! : last;
    const face = faceOf(last.side, aspect);
    return {
      ...{id, members, label, name, vertex, column: columns.get(id)!, row: rows.get(id)!, face},
      width: face.width + channelsWidth(last.channels),
      height: face.height,
      skips: hasInnerSkip(members)
    };
  });

  const isBeneath = ({vertex}: {vertex: Vertex}) => beneath.has(vertex.id);
  const branching = new Set(sized.filter(({row}) => row !== 0).map(({column}) => column));
  const tallest = Math.max(
    0,
    ...sized.filter((box) => branching.has(box.column) && box.row !== 0 && !isBeneath(box)).map(({height}) => height)
  );
  const hasTitles = sized.some(({row, members}) => row !== 0 && members.length === 1 && members[0]!.group !== null);
  const pitch = tallest + 2 * LABEL_LINE + (hasTitles ? TITLE + 4 : 10);
  const widths: number[] = [];
  for (let column = 0; column <= Math.max(...columns.values()); column++) {
    const here = sized.filter((box) => box.column === column);
    widths.push(Math.max(...here.map((box) => Math.max(box.width, ...box.label.map((line) => line.length * LETTER)))));
  }
  const gapBefore = (column: number) => (branching.has(column) || branching.has(column - 1) ? GAP + FAN : GAP);
  const trunk = sized.filter(({row}) => row === 0);
  const firstOf = lineStarts(
    widths.map((width, column) => width + gapBefore(column)),
    Math.min(...branching, widths.length),
    (column) => trunk.some((box) => box.column === column && isWithPrevious(box.members, trunk, column)),
    lines
  );
  const lineOf = (column: number) => firstOf.findLastIndex((first) => first <= column);
  const centres: number[] = [];
  let x = 0;
  widths.forEach((width, column) => {
    x = firstOf.includes(column) ? 0 : x + gapBefore(column);
    centres.push(x + width / 2);
    x += width;
  });
  // What runs beneath the others may be taller than they are; of several lines it runs above the last, to which it comes from above.
  const lowered = Math.max(0, ...sized.filter(isBeneath).map(({height}) => (height - tallest) / 2));
  const isWrapped = firstOf.length > 1;
  const boxes = sized.map(({vertex, row, ...box}): Box => ({
    ...box,
    x: centres[box.column]!,
    y: (row * pitch + (isBeneath({vertex}) ? lowered : 0)) * (isWrapped && isBeneath({vertex}) ? -1 : 1)
  }));
  const placed = isWrapped ? inLines(boxes, ({column}) => lineOf(column)) : boxes;
  const frames = framesOf(placed, groups);
  const links = linksOf(placed, vertices, beneath, ({column}) => lineOf(column));
  return {boxes: placed, links, frames, bounds: boundsOf(placed)};
}

/** Whether a box belongs to the same open group as the one before it. */
function isWithPrevious(
  members: readonly DiagramItem[],
  trunk: readonly {column: number; members: readonly DiagramItem[]}[],
  column: number
): boolean {
  const {group} = members[0]!;
  return group !== null && trunk.some((box) => box.column === column - 1 && box.members.some((item) => item.group === group));
}

/**
 * The columns that lines begin with, so that the longest is as short as can be; none begins within a group.
 *
 * @param widths of columns, with the gap before each
 * @param end the first column at which no line may begin
 * @param isTied whether a column goes on what the one before has begun
 */
function lineStarts(widths: readonly number[], end: number, isTied: (column: number) => boolean, lines: number): readonly number[] {
  const all = widths.reduce((sum, width) => sum + width, 0);
  let best = {starts: [0], longest: all};
  for (let share = 1; share < TRIED; share++) {
    const limit = (all * share) / TRIED;
    const starts = [0];
    const lengths = [0];
    widths.forEach((width, column) => {
      const isBreak = column > 0 && column < end && !isTied(column) && lengths.at(-1)! + width > limit;
      if (isBreak) starts.push(column);
      lengths.push(isBreak ? width : lengths.pop()! + width);
    });
    const longest = Math.max(...lengths);
    if (starts.length <= lines && longest < best.longest) best = {starts, longest};
  }
  return best.starts;
}

/** Moves each line under the one before. */
function inLines(boxes: readonly Box[], lineOf: (box: Box) => number): Box[] {
  const moved: Box[] = [];
  let bottom: number | null = null;
  for (let line = 0; line <= Math.max(...boxes.map(lineOf)); line++) {
    const here = boxes.filter((box) => lineOf(box) === line);
    const top = Math.min(...here.map((box) => extentOf(box).top));
    const by: number = bottom === null ? 0 : bottom - top;
    const lowered = here.map((box) => ({...box, y: box.y + by}));
    moved.push(...lowered);
    bottom = bottomOf(lowered) + LINE_GAP;
  }
  return moved;
}

/** A network in as many lines as show it largest. @param within aspect of its maps, and size of what it is shown in */
export function largestLayout(
  items: readonly DiagramItem[],
  groups: ReadonlyMap<string, DiagramGroup>,
  isOpen: (group: string) => boolean,
  within: {readonly aspect: number; readonly width: number; readonly height: number}
): Layout {
  const {aspect, width, height} = within;
  const scaleOf = ({bounds}: Layout) => Math.min(width / bounds.width, height / bounds.height);
  return Array.from({length: MOST_LINES}, (_, index) => layoutNetwork(items, groups, isOpen, {aspect, lines: index + 1})).reduce(
    (best, layout) => (scaleOf(layout) > WORTH * scaleOf(best) ? layout : best)
  );
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
    const sides = open.map(extentOf);
    const left = Math.min(...sides.map((side) => side.left)) - FRAME;
    const top = Math.min(...sides.map((side) => side.top)) - FRAME;
    const right = Math.max(...sides.map((side) => side.right)) + FRAME;
    return [{group, title, x: left, y: top, width: right - left, height: bottomOf(open) + FRAME - top}];
  });
}

function boundsOf(boxes: readonly Box[]): Layout["bounds"] {
  const extents = boxes.map(extentOf);
  const x = Math.min(...extents.map(({left}) => left)) - MARGIN;
  const y = Math.min(...extents.map(({top}) => top)) - MARGIN - TITLE;
  const right = Math.max(...extents.map(({right}) => right)) + MARGIN;
  const bottom = bottomOf(boxes) + MARGIN;
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
