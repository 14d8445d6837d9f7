export type Vertex = readonly [x: number, y: number];

/**
 * A line with fewer points that stays within a tolerance of the given one (Douglas and Peucker, 1973).
 *
 * @param tolerance largest distance, in the points' unit, of a point left out
 */
export function simplified(points: readonly Vertex[], tolerance: number): Vertex[] {
  if (points.length < 3) return [...points];
  const first = points[0]!;
  const last = points.at(-1)!;
  let farthest = 0;
  let distance = -1;
  for (let i = 1; i < points.length - 1; i++) {
    const away = distanceTo(points[i]!, first, last);
    if (away > distance) [farthest, distance] = [i, away];
  }
  if (distance <= tolerance) return [first, last];
  return [...simplified(points.slice(0, farthest + 1), tolerance).slice(0, -1), ...simplified(points.slice(farthest), tolerance)];
}

/** The line with at most `most` (two or more) points, the tolerance growing from `tolerance` until that is so. */
export function simplifiedTo(points: readonly Vertex[], most: number, tolerance: number): Vertex[] {
  let found = simplified(points, tolerance);
  for (let grown = tolerance * 1.5; found.length > most; grown *= 1.5) found = simplified(points, grown);
  return found;
}

/** From a point to the nearest of a segment. */
function distanceTo([x, y]: Vertex, [ax, ay]: Vertex, [bx, by]: Vertex): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
