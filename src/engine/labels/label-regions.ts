import {connectedPatches} from "./connected.js";

/** A connected part of a label map. */
export interface LabelRegion {
  readonly id: number;
  /** Share of the map, 0-1. */
  readonly share: number;
  /** The middle of a cell deep inside: 0-1 of the map's width and height. */
  readonly x: number;
  readonly y: number;
}

export interface LabelMap {
  readonly width: number;
  readonly height: number;
  /** height x width class ids, rows from the top. */
  readonly ids: Uint8Array;
}

/**
 * Cells this deep, as a share of the depth of the deepest, are deep enough. With the deepest alone, one cell that flickers
 * would throw the point from one end of a region to the other.
 */
const DEEP_ENOUGH = 0.75;

/**
 * The connected regions (by sides, not by corners) of a label map, the largest first. Each has a point that lies well inside,
 * near its centre of mass. One pass over the map for all regions: it runs several times a second.
 *
 * @param options.least share of the map, 0-1, below which a region is left out
 * @param options.ignored ids of which no region is wanted, e.g. the background
 */
export function labelRegions(
  map: LabelMap,
  {least = 0, ignored = []}: {readonly least?: number; readonly ignored?: readonly number[]} = {}
): LabelRegion[] {
  const {ids} = map;
  const patches = connectedPatches(map, (id) => !ignored.includes(id), least * ids.length);
  if (patches.length === 0) return [];
  const depth = depths(map);
  return patches
    .sort((a, b) => b.length - a.length)
    .map((cells) => ({id: ids[cells[0]!]!, share: cells.length / ids.length, ...middle(cells, map, depth)}));
}

/**
 * Steps along rows and columns from each cell to the nearest of another class or outside the map, at least 1. A way that is
 * shorter than that stays within the class, so that one pass from above and one from below find it.
 */
function depths({width, height, ids}: LabelMap): Uint16Array {
  const depth = new Uint16Array(ids.length);
  const step = (cell: number, neighbour: number, inside: boolean) => (inside && ids[neighbour] === ids[cell] ? depth[neighbour]! + 1 : 1);
  for (let cell = 0; cell < ids.length; cell++) {
    depth[cell] = Math.min(step(cell, cell - 1, cell % width > 0), step(cell, cell - width, cell >= width));
  }
  for (let cell = width * height - 1; cell >= 0; cell--) {
    const [right, below] = [step(cell, cell + 1, cell % width < width - 1), step(cell, cell + width, cell + width < ids.length)];
    depth[cell] = Math.min(depth[cell]!, right, below);
  }
  return depth;
}

/** Of the cells that are deep enough, the one nearest to the patch's centre of mass. */
function middle(cells: Int32Array, {width, height}: LabelMap, depth: Uint16Array): {x: number; y: number} {
  let [column, row, deepest] = [0, 0, 0];
  for (const cell of cells) {
    column += (cell % width) / cells.length;
    row += Math.floor(cell / width) / cells.length;
    deepest = Math.max(deepest, depth[cell]!);
  }
  let [best, nearest] = [cells[0]!, Infinity];
  for (const cell of cells) {
    if (depth[cell]! < deepest * DEEP_ENOUGH) continue;
    const away = Math.hypot((cell % width) - column, Math.floor(cell / width) - row);
    if (away < nearest) [best, nearest] = [cell, away];
  }
  return {x: ((best % width) + 0.5) / width, y: (Math.floor(best / width) + 0.5) / height};
}
