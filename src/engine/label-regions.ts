/** A connected part of a label map. */
export interface LabelRegion {
  readonly id: number;
  /** Share of the map, 0-1. */
  readonly share: number;
  /** A point inside, as far from the region's edge as there is: 0-1 of the map's width and height. */
  readonly x: number;
  readonly y: number;
}

/**
 * The connected regions (by sides, not by corners) of a label map, the largest first. For coarse maps: plain arrays, a
 * few thousand cells.
 *
 * @param ids height x width class ids, rows from the top
 * @param options.least share of the map, 0-1, below which a region is left out
 * @param options.ignored ids of which no region is wanted, e.g. the background
 */
export function labelRegions(
  {width, height, ids}: {readonly width: number; readonly height: number; readonly ids: Uint8Array},
  {least = 0, ignored = []}: {readonly least?: number; readonly ignored?: readonly number[]} = {}
): LabelRegion[] {
  const seen = new Uint8Array(ids.length);
  const regions: LabelRegion[] = [];
  for (let start = 0; start < ids.length; start++) {
    const id = ids[start]!;
    if (seen[start] || ignored.includes(id)) continue;
    const cells = connected(start);
    const share = cells.length / ids.length;
    if (share >= least) regions.push({id, share, ...middle(cells)});
  }
  return regions.sort((a, b) => b.share - a.share);

  function neighbours(cell: number): (number | null)[] {
    const x = cell % width;
    return [x > 0 ? cell - 1 : null, x < width - 1 ? cell + 1 : null, cell >= width ? cell - width : null, cell + width < ids.length ? cell + width : null];
  }

  function connected(start: number): number[] {
    const cells = [start];
    seen[start] = 1;
    for (const cell of cells) {
      for (const next of neighbours(cell)) {
        if (next === null || seen[next] || ids[next] !== ids[start]) continue;
        seen[next] = 1;
        cells.push(next);
      }
    }
    return cells;
  }

  /** Peels the region from its edge inwards; of the cells that are left last, the one nearest to its centre of mass. */
  function middle(cells: readonly number[]): {x: number; y: number} {
    const id = ids[cells[0]!];
    const left = new Set(cells);
    let core = cells;
    while (left.size > 0) {
      core = [...left];
      const edge = core.filter((cell) => neighbours(cell).some((next) => next === null || ids[next] !== id || !left.has(next)));
      for (const cell of edge) left.delete(cell);
    }
    const mean = (of: (cell: number) => number) => cells.reduce((sum, cell) => sum + of(cell), 0) / cells.length;
    const [cx, cy] = [mean((cell) => cell % width), mean((cell) => Math.floor(cell / width))];
    const away = (cell: number) => Math.hypot((cell % width) - cx, Math.floor(cell / width) - cy);
    const best = core.reduce((nearest, cell) => (away(cell) < away(nearest) ? cell : nearest));
    return {x: ((best % width) + 0.5) / width, y: (Math.floor(best / width) + 0.5) / height};
  }
}
