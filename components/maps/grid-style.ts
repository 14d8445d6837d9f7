import type {GridShape} from "./grid-shape.js";

/** What a grid's style needs to know of how its cells lie. */
export function styleCells(box: HTMLElement, {mapWidth, mapHeight, rowHeight}: GridShape): void {
  box.style.setProperty("--map-width", `${mapWidth}px`);
  box.style.setProperty("--map-height", `${mapHeight}px`);
  box.style.setProperty("--row-height", `${rowHeight}px`);
}

/** A mark lies in the middle of a cell of the map. */
export function styleMarks(box: HTMLElement, {height, width}: {readonly height: number; readonly width: number}): void {
  box.style.setProperty("--half-cell-x", String(0.5 / width));
  box.style.setProperty("--half-cell-y", String(0.5 / height));
}

/** Marks a point on every map: 0-1 of the maps' extent, the corners being the middles of the corner cells; null marks none. */
export function markPoint(box: HTMLElement, point: {readonly x: number; readonly y: number} | null): void {
  box.classList.toggle("pointed", point !== null);
  if (!point) return;
  box.style.setProperty("--cursor-x", String(point.x));
  box.style.setProperty("--cursor-y", String(point.y));
}
