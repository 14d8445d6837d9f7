/** A closed line: x and y in pixels by turns, 0 at the photo's left or upper edge. */
export type Polygon = readonly number[];

/** A grid of ids to draw on. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly ids: Uint8Array;
}

/**
 * Fills what lies inside an odd number of lines: every pixel whose centre does. Several polygons are one shape; one within another is a
 * hole.
 */
export function fillPolygons({width, height, ids}: Canvas, polygons: readonly Polygon[], id: number): void {
  for (let y = 0; y < height; y++) {
    const crossings = polygons.flatMap((polygon) => crossingsAt(polygon, y + 0.5)).sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      // The centre of pixel x lies at x + 0.5.
      const from = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const to = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5));
      if (from < to) ids.fill(id, y * width + from, y * width + to);
    }
  }
}

/** Where a horizontal line meets a polygon. */
function crossingsAt(polygon: Polygon, y: number): number[] {
  const found: number[] = [];
  const points = polygon.length / 2;
  for (let i = 0; i < points; i++) {
    const j = (i + 1) % points;
    const [x0, y0, x1, y1] = [polygon[2 * i]!, polygon[2 * i + 1]!, polygon[2 * j]!, polygon[2 * j + 1]!];
    // A corner belongs to the side below it alone.
    if (y0 <= y !== y1 <= y) found.push(x0 + ((y - y0) * (x1 - x0)) / (y1 - y0));
  }
  return found;
}
