import type {FillSpan, Point} from "./canvas.js";

/** A closed line: x and y in pixels by turns. */
export type Polygon = readonly number[];

const ELLIPSE_SIDES = 64;

/** An ellipse as a polygon. @param turned clockwise, in degrees */
export function ellipse([x, y]: Point, across: number, down: number, turned = 0): Polygon {
  const [cos, sin] = [Math.cos((turned * Math.PI) / 180), Math.sin((turned * Math.PI) / 180)];
  const angles = Array.from({length: ELLIPSE_SIDES}, (_, side) => (2 * Math.PI * side) / ELLIPSE_SIDES);
  return angles.flatMap((angle) => {
    const [u, v] = [across * Math.cos(angle), down * Math.sin(angle)];
    return [x + u * cos - v * sin, y + u * sin + v * cos];
  });
}

/**
 * The spans of what lies inside an odd number of closed lines: every pixel whose centre does. Several polygons are one shape; one within
 * another is a hole.
 *
 * @param height of the canvas; spans reach beyond its left and right
 */
export function polygonSpans(polygons: readonly Polygon[], height: number, fill: FillSpan): void {
  const heights = polygons.flatMap((polygon) => polygon.filter((_, index) => index % 2 === 1));
  const [top, bottom] = [Math.max(0, Math.floor(Math.min(...heights))), Math.min(height, Math.ceil(Math.max(...heights)))];
  for (let y = top; y < bottom; y++) {
    const crossings = polygons.flatMap((polygon) => crossingsAt(polygon, y + 0.5)).sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) fill(y, Math.ceil(crossings[i]! - 0.5), Math.ceil(crossings[i + 1]! - 0.5));
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
