/** Class ids, row by row from the top. */
export interface Ids {
  readonly height: number;
  readonly width: number;
  readonly ids: Uint8Array;
}

/** Scores at so many cells, all classes of a cell together. */
export interface Scores {
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  readonly values: Float32Array;
}

/** Every so many-th pixel of a label map, from the first on: what becomes of labels that are made as small as the logits. */
export function shrunk({width, height, ids}: Ids, spacing: number): Ids {
  const small = {width: Math.floor((width - 1) / spacing) + 1, height: Math.floor((height - 1) / spacing) + 1};
  const found = new Uint8Array(small.width * small.height);
  for (let i = 0; i < found.length; i++) {
    found[i] = ids[Math.floor(i / small.width) * spacing * width + (i % small.width) * spacing]!;
  }
  return {...small, ids: found};
}

/** A small label map at the size that it was made from: each pixel has the class of the nearest of those that are left. */
export function enlarged(small: Ids, spacing: number, {width, height}: Omit<Ids, "ids">): Ids {
  const ids = new Uint8Array(width * height);
  const nearest = (at: number, last: number) => Math.min(last, Math.round(at / spacing));
  for (let y = 0; y < height; y++) {
    const row = nearest(y, small.height - 1) * small.width;
    for (let x = 0; x < width; x++) ids[y * width + x] = small.ids[row + nearest(x, small.width - 1)]!;
  }
  return {width, height, ids};
}

/** Every so many-th cell of a map of scores: corners stay aligned where both sides are such a multiple and one. */
export function sparse({width, height, classes, values}: Scores, spacing: number): Scores {
  const few = {width: Math.floor((width - 1) / spacing) + 1, height: Math.floor((height - 1) / spacing) + 1};
  const found = new Float32Array(few.width * few.height * classes);
  for (let i = 0; i < few.width * few.height; i++) {
    const from = (Math.floor(i / few.width) * spacing * width + (i % few.width) * spacing) * classes;
    found.set(values.subarray(from, from + classes), i * classes);
  }
  return {...few, classes, values: found};
}

/** A chair from the side, as boxes of whole pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A chair with legs of a width: a back, a seat and two legs.
 *
 * @param at the middle of the seat, in pixels
 * @param height of the whole, in pixels
 * @param leg width of the legs and the back, in pixels
 */
export function chair(at: {readonly row: number; readonly column: number}, height: number, leg: number): Box[] {
  const across = Math.round(height / 2);
  const left = Math.round(at.column - across / 2);
  const top = Math.round(at.row - height / 2);
  const seat = Math.max(leg, Math.round(height / 12));
  const middle = top + Math.round(height / 2);
  return [
    {left, top, width: leg, height},
    {left: left + across - leg, top: middle, width: leg, height: top + height - middle},
    {left, top: middle, width: across, height: seat}
  ];
}

/** The label map with boxes drawn on it; what of them lies outside is left out. */
export function withBoxes({width, height, ids}: Ids, boxes: readonly Box[], id: number): Ids {
  const drawn = ids.slice();
  for (const box of boxes) {
    for (let y = Math.max(0, box.top); y < Math.min(height, box.top + box.height); y++) {
      drawn.fill(id, y * width + Math.max(0, box.left), y * width + Math.max(0, Math.min(width, box.left + box.width)));
    }
  }
  return {width, height, ids: drawn};
}
