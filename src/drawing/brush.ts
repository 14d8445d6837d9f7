import type {FillSpan, Point} from "./canvas.js";
import {polygonSpans} from "./polygons.js";

/**
 * The spans of a round brush that is led along a straight line: every pixel whose centre it covers, wholly. Nothing is smoothed: between
 * two classes there is no third.
 *
 * @param radius in pixels, 0.5 and more
 * @param height of the canvas
 */
export function brushSpans(from: Point, to: Point, radius: number, height: number, fill: FillSpan): void {
  discSpans(from, radius, fill);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return;
  discSpans(to, radius, fill);
  // Half the brush's width, across the line.
  const [ax, ay] = [(-dy / length) * radius, (dx / length) * radius];
  const sides = [from[0] + ax, from[1] + ay, to[0] + ax, to[1] + ay, to[0] - ax, to[1] - ay, from[0] - ax, from[1] - ay];
  polygonSpans([sides], height, fill);
}

function discSpans([x, y]: Point, radius: number, fill: FillSpan): void {
  for (let row = Math.ceil(y - radius - 0.5); row + 0.5 <= y + radius; row++) {
    const half = Math.sqrt(Math.max(0, radius ** 2 - (row + 0.5 - y) ** 2));
    fill(row, Math.ceil(x - half - 0.5), Math.floor(x + half - 0.5) + 1);
  }
}
