import type {Canvas, FillSpan, Point} from "./canvas.js";

/**
 * The spans of the region that a pixel lies in: what is reached from it by steps to the four sides over pixels of the same id.
 *
 * @param isLike where given, a pixel must be like the first in this too, e.g. in the photo's colour; asked by index
 */
export function floodSpans(
  {width, height, ids}: Canvas,
  [px, py]: Point,
  fill: FillSpan,
  isLike: (index: number) => boolean = () => true
): void {
  const [x, y] = [Math.floor(px), Math.floor(py)];
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const id = ids[y * width + x]!;
  const reached = new Uint8Array(width * height);
  const isInside = (index: number) => reached[index] === 0 && ids[index] === id && isLike(index);
  const spans: [y: number, from: number, to: number][] = [];
  const starts: number[] = [y * width + x];
  while (starts.length > 0) {
    const start = starts.pop()!;
    if (!isInside(start)) continue;
    const row = Math.floor(start / width) * width;
    let [from, to] = [start, start + 1];
    while (from > row && isInside(from - 1)) from--;
    while (to < row + width && isInside(to)) to++;
    reached.fill(1, from, to);
    spans.push([row / width, from - row, to - row]);
    for (const next of [row - width, row + width]) {
      if (next < 0 || next >= ids.length) continue;
      const offset = next - row;
      // One start for each run of the neighbouring row.
      for (let at = from + offset; at < to + offset; at++) {
        if (isInside(at) && (at === from + offset || !isInside(at - 1))) starts.push(at);
      }
    }
  }
  // Filled at the end: the search reads the ids that filling changes.
  for (const [row, from, to] of spans) fill(row, from, to);
}
