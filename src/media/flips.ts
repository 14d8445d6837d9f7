import {FLIPPED_INSIDE, FLIPPED_OUTSIDE} from "../engine/labels/label-flips.js";
import type {Flips} from "../engine/labels/label-flips.js";
import {rgbaCanvas} from "./rgba-canvas.js";

/** Colours of flipped pixels, `[r, g, b]`, 0-255. */
export interface FlipColours {
  readonly outside: readonly [number, number, number];
  readonly inside: readonly [number, number, number];
}

/** Stripes of the hatching over a picture's long side. */
const STRIPES = 90;
/** How much of the photo stays under a map. */
const PALENESS = 0.45;

/** Paints a photo grey and pale, so that a map over it stands out. */
export function paintPale(context: CanvasRenderingContext2D, photo: HTMLCanvasElement): void {
  const {width, height} = photo;
  context.save();
  context.drawImage(photo, 0, 0);
  // Not a filter, which Safari's canvas does not have.
  context.globalCompositeOperation = "saturation";
  context.fillStyle = "#808080";
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = "source-over";
  context.globalAlpha = PALENESS;
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.restore();
}

/** Flipped pixels in colour, for drawing: outside the changed area filled, inside it hatched, all else transparent. */
export function flipCanvas(
  {map}: Flips,
  {width, height}: {width: number; height: number},
  {outside, inside}: FlipColours
): HTMLCanvasElement {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const stripe = Math.max(2, Math.round(Math.max(width, height) / STRIPES));
  for (let i = 0; i < map.length; i++) {
    const hatched = (Math.floor(i / width) + (i % width)) % stripe < stripe / 2;
    const colour = map[i] === FLIPPED_OUTSIDE ? outside : map[i] === FLIPPED_INSIDE && hatched ? inside : null;
    if (colour) pixels.set([...colour, 255], 4 * i);
  }
  return rgbaCanvas(pixels, {width, height});
}

/** Paints a coarse map, RGBA bytes of rows x columns cells, smoothly over the whole picture. */
export function paintCells(
  context: CanvasRenderingContext2D,
  rgba: Uint8ClampedArray<ArrayBuffer>,
  {rows, columns}: {rows: number; columns: number}
): void {
  const {width, height} = context.canvas;
  context.save();
  context.imageSmoothingQuality = "high";
  context.drawImage(rgbaCanvas(rgba, {width: columns, height: rows}), 0, 0, width, height);
  context.restore();
}
