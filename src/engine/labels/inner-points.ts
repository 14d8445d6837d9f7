/** The pixel of a class that lies furthest inside of it. */
export interface InnerPoint {
  readonly id: number;
  readonly row: number;
  readonly column: number;
  /** Steps from there to the nearest pixel of another class, or out of the picture. */
  readonly depth: number;
}

/**
 * For each class of a label map the pixel from which it is furthest, in steps across and down, to any other: where its name can stand.
 *
 * @returns by id; the first of equally deep ones, row by row
 */
export function innerPoints({
  width,
  height,
  labels
}: {
  readonly width: number;
  readonly height: number;
  readonly labels: Uint8Array;
}): Map<number, InnerPoint> {
  const depth = new Uint16Array(labels.length);
  // Every pixel beside the picture's edge is one step from the outside.
  const beside = (at: number, other: number, isInside: boolean) => (isInside && labels[other] === labels[at] ? depth[other]! : 0) + 1;
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++, at++)
      depth[at] = Math.min(beside(at, at - width, row > 0), beside(at, at - 1, column > 0));
  const found = new Map<number, InnerPoint>();
  for (let row = height - 1, at = labels.length - 1; row >= 0; row--) {
    for (let column = width - 1; column >= 0; column--, at--) {
      const here = Math.min(depth[at]!, beside(at, at + width, row < height - 1), beside(at, at + 1, column < width - 1));
      depth[at] = here;
      const id = labels[at]!;
      if (here >= (found.get(id)?.depth ?? 0)) found.set(id, {id, row, column, depth: here});
    }
  }
  return found;
}
