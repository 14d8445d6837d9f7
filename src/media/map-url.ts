import {rgbaCanvas} from "./rgba-canvas.js";

/** RGBA bytes, rows from the top, as the address of a picture. */
export function rgbaUrl(rgba: Uint8ClampedArray<ArrayBuffer>, size: {readonly height: number; readonly width: number}): string {
  return rgbaCanvas(rgba, size).toDataURL();
}
