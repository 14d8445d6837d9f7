import type {Canvas, FillSpan} from "./canvas.js";

/** The spans of the pixels that have an id in another map and do not have it yet. @param next ids of as many pixels as the canvas has */
export function missingSpans({width, height, ids}: Canvas, next: Uint8Array, id: number, fill: FillSpan): void {
  const isMissing = (index: number) => next[index] === id && ids[index] !== id;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width;) {
      if (!isMissing(row + x)) {
        x++;
        continue;
      }
      const from = x;
      while (x < width && isMissing(row + x)) x++;
      fill(y, from, x);
    }
  }
}
