/** A grid of class ids to draw on, row by row from the top. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly ids: Uint8Array;
}

/** Some pixels of a canvas: from `left` and `top` up to, without, `right` and `bottom`. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A place in pixels, 0 at the left or upper edge; the centre of the first pixel is at 0.5. */
export type Point = readonly [x: number, y: number];

/** What a shape fills of a row: pixels `from` up to, without, `to`. */
export type FillSpan = (y: number, from: number, to: number) => void;

/** The smallest box around two. */
export function around(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom)
  };
}

/** A shape's spans cut off at the edges of a canvas. */
export function within({width, height}: Pick<Canvas, "width" | "height">, fill: FillSpan): FillSpan {
  return (y, from, to) => {
    if (y >= 0 && y < height && from < width && to > 0 && from < to) fill(y, Math.max(0, from), Math.min(width, to));
  };
}
