import {encode} from "fast-png";

/** RGBA bytes as a PNG, a pixel a cell. */
export function rgbaPng({
  width,
  height,
  rgba
}: {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}): Uint8Array {
  return encode({width, height, data: rgba, depth: 8, channels: 4});
}
