import {within} from "./canvas.js";
import type {Canvas} from "./canvas.js";
import {polygonSpans} from "./polygons.js";
import type {Polygon} from "./polygons.js";

/** Fills what lies inside an odd number of closed lines (see `polygonSpans`). */
export function fillPolygons(canvas: Canvas, polygons: readonly Polygon[], id: number): void {
  const {width, height, ids} = canvas;
  polygonSpans(
    polygons,
    height,
    within(canvas, (y, from, to) => ids.fill(id, y * width + from, y * width + to))
  );
}
