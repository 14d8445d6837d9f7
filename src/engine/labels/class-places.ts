/** Where in a picture a class lies. */
export interface ClassPlace {
  readonly id: number;
  readonly pixels: number;
  /** Share of the picture, 0-1. */
  readonly share: number;
  /** The middle of its pixels, 0-1 of the picture's width and height. */
  readonly middle: {readonly x: number; readonly y: number};
  /** Between which columns and rows most of its pixels lie, 0-1 of width and height: single specks far away do not count. */
  readonly extent: {readonly left: number; readonly right: number; readonly top: number; readonly bottom: number};
}

/** Share of a class's pixels that may lie beyond each side of its extent. */
const BEYOND = 0.01;

/**
 * Where the classes of a label map lie, the largest first.
 *
 * @param classes ids from there up are left out
 */
export function classPlaces(
  {width, height, labels}: {readonly width: number; readonly height: number; readonly labels: Uint8Array},
  classes: number
): ClassPlace[] {
  const columns = new Uint32Array(classes * width);
  const rows = new Uint32Array(classes * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const id = labels[at]!;
      if (id >= classes) continue;
      columns[id * width + x]!++;
      rows[id * height + y]!++;
    }
  }
  return Array.from({length: classes}, (_, id) => {
    const across = along(columns.subarray(id * width, (id + 1) * width));
    const down = along(rows.subarray(id * height, (id + 1) * height));
    return {
      id,
      pixels: across.count,
      share: across.count / labels.length,
      middle: {x: across.middle, y: down.middle},
      extent: {left: across.from, right: across.to, top: down.from, bottom: down.to}
    };
  })
    .filter(({pixels}) => pixels > 0)
    .sort((a, b) => b.pixels - a.pixels || a.id - b.id);
}

/** How many there are along a side, where their middle is, and between what places nearly all lie, 0-1. */
function along(counts: Uint32Array): {count: number; middle: number; from: number; to: number} {
  let [count, sum] = [0, 0];
  counts.forEach((here, place) => {
    count += here;
    sum += here * (place + 0.5);
  });
  const beyond = BEYOND * count;
  let [from, to] = [0, counts.length];
  for (let before = counts[0]!; from < to - 1 && before <= beyond; before += counts[from]!) from++;
  for (let after = counts[to - 1]!; to > from + 1 && after <= beyond; after += counts[to - 1]!) to--;
  return {count, middle: count > 0 ? sum / count / counts.length : 0.5, from: from / counts.length, to: to / counts.length};
}
