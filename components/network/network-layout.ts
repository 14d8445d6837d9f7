/** One operation of a network, as a diagram shows it. */
export interface DiagramItem {
  readonly id: string;
  /** Ids of the items that it reads; they stand before it in the list. */
  readonly inputs: readonly string[];
  /** The group that it is part of; null where it stands alone. */
  readonly group: string | null;
  /** Lines under its box. */
  readonly label: readonly string[];
  /** What a screen reader says. */
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** Cells along the longer side of its output. */
  readonly side: number;
  readonly channels: number;
  /** Whether it has no weights: drawn as an outline. */
  readonly hollow: boolean;
}

/** Items that are drawn as one box until it is opened. */
export interface DiagramGroup {
  /** Over it where it is open. */
  readonly title: string;
  /** Lines under its box where it is closed. */
  readonly label: readonly string[];
  readonly name: string;
}

export interface Box {
  /** The item's id, or the group's where the group is closed. */
  readonly id: string;
  /** Items in it; several only in a closed group. */
  readonly members: readonly DiagramItem[];
  readonly label: readonly string[];
  readonly name: string;
  /** Place in the order of the flow: larger than that of everything it reads. */
  readonly column: number;
  /** Centre, in the diagram's units. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Whether it is a closed group with a skip around its inside. */
  readonly skips: boolean;
}

export interface Link {
  readonly from: string;
  readonly to: string;
  /** Whether it leaps over other boxes. */
  readonly skip: boolean;
  /** SVG path. */
  readonly path: string;
}

/** The outline of an open group. */
export interface Frame {
  readonly group: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  readonly frames: readonly Frame[];
  /** Bounds of everything. */
  readonly bounds: {readonly x: number; readonly y: number; readonly width: number; readonly height: number};
}

/** Size of a letter of a label, from which columns get their width. */
const LETTER = 6.8;
export const LABEL_LINE = 13;
const GAP = 20;
/** More room where branches part or meet. */
const FAN = 24;
const FRAME = 6;
const TITLE = 18;

/** Height of a box: it grows with the square root of the map's side. */
export const boxHeight = (side: number) => Math.max(5, 5 * Math.sqrt(side));
/** Width of a box: it grows with the square root of the number of channels. */
export const boxWidth = (channels: number) => Math.max(5, 2.2 * Math.sqrt(channels));

interface Vertex {
  readonly id: string;
  readonly members: DiagramItem[];
  readonly inputs: string[];
  readonly consumers: string[];
}

/** Items joined to one box where their group is closed, with what each box reads and what reads it. */
function verticesOf(items: readonly DiagramItem[], isOpen: (group: string) => boolean): Map<string, Vertex> {
  const vertexOf = new Map(items.map(({id, group}) => [id, group === null || isOpen(group) ? id : group]));
  const vertices = new Map<string, Vertex>();
  for (const item of items) {
    const id = vertexOf.get(item.id)!;
    const vertex = vertices.get(id) ?? {id, members: [], inputs: [], consumers: []};
    vertices.set(id, vertex);
    vertex.members.push(item);
    for (const input of item.inputs.map((name) => vertexOf.get(name)!)) {
      if (input === id || vertex.inputs.includes(input)) continue;
      vertex.inputs.push(input);
      vertices.get(input)!.consumers.push(id);
    }
  }
  return vertices;
}

/** Columns from the left: each vertex as late as what reads it allows, so that branches end together where they join. */
function columnsOf(vertices: ReadonlyMap<string, Vertex>): Map<string, number> {
  const fromEnd = new Map<string, number>();
  for (const {id, consumers} of [...vertices.values()].reverse()) {
    fromEnd.set(
      id,
      consumers.reduce((most, consumer) => Math.max(most, fromEnd.get(consumer)! + 1), 0)
    );
  }
  const last = Math.max(0, ...fromEnd.values());
  return new Map([...fromEnd].map(([id, distance]) => [id, last - distance]));
}

/** A path from a fork to a join without forks or joins on it, in the order of the flow. */
interface Chain {
  readonly fork: string;
  readonly ids: readonly string[];
}

function chainsInto(join: Vertex, vertices: ReadonlyMap<string, Vertex>): Chain[] {
  return join.inputs.map((input) => {
    const ids: string[] = [];
    let vertex = vertices.get(input)!;
    while (vertex.inputs.length === 1 && vertex.consumers.length === 1) {
      ids.unshift(vertex.id);
      vertex = vertices.get(vertex.inputs[0]!)!;
    }
    return {fork: vertex.id, ids};
  });
}

/**
 * Rows, 0 for the trunk: branches that part at one place and meet at another are spread around it; a branch that
 * comes from further back runs beneath everything that it passes.
 */
function rowsOf(
  vertices: ReadonlyMap<string, Vertex>,
  columns: ReadonlyMap<string, number>
): {rows: Map<string, number>; beneath: ReadonlySet<string>} {
  const rows = new Map([...vertices.keys()].map((id) => [id, 0]));
  const beneath: {chain: Chain; columns: readonly [number, number]}[] = [];
  for (const vertex of vertices.values()) {
    if (vertex.inputs.length < 2) continue;
    const chains = chainsInto(vertex, vertices).filter(({ids}) => ids.length > 0);
    const forks = new Set(chains.map(({fork}) => fork));
    if (forks.size === 1) {
      chains.forEach(({ids}, index) => ids.forEach((id) => rows.set(id, index - (chains.length - 1) / 2)));
      continue;
    }
    for (const chain of chains) {
      const passed = [columns.get(chain.fork)! + 1, columns.get(vertex.id)! - 1] as const;
      if (columns.get(chain.ids[0]!)! > passed[0]) beneath.push({chain, columns: passed});
    }
  }
  for (const {
    chain,
    columns: [from, to]
  } of beneath) {
    const passed = [...rows].filter(([id]) => !chain.ids.includes(id) && columns.get(id)! >= from && columns.get(id)! <= to);
    const row = Math.max(...passed.map(([, row]) => row)) + 1;
    for (const id of chain.ids) rows.set(id, row);
  }
  return {rows, beneath: new Set(beneath.flatMap(({chain}) => chain.ids))};
}

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

function extentOf({x, y, width, height, label}: Box): {left: number; right: number; top: number; bottom: number} {
  const half = Math.max(width, ...label.map((line) => line.length * LETTER)) / 2;
  return {left: x - half, right: x + half, top: y - height / 2, bottom: y + height / 2};
}

/** @param beneath boxes whose branch begins far back and runs beneath the others */
function linksOf(boxes: readonly Box[], vertices: ReadonlyMap<string, Vertex>, beneath: ReadonlySet<string>): Link[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return boxes.flatMap((to) =>
    vertices.get(to.id)!.inputs.map((input): Link => {
      const from = byId.get(input)!;
      const ends = {from: input, to: to.id};
      if (beneath.has(to.id) && !beneath.has(input)) return {...ends, skip: true, path: dive(from, to)};
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

const MARGIN = 16;

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
