import type {Passes} from "../crf/grid.js";
import {neighbours, positionAmong} from "../neighbours.js";
import type {LogitsArray} from "./pixel.js";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the pixels along a side lie in a map: the cells before and after, and how far between them. */
function places(pixels: number, cells: number, share: number): (readonly [number, number, number])[] {
  return Array.from({length: pixels}, (_, pixel) => neighbours(positionAmong(pixel, pixels, cells, share), cells));
}

/**
 * How likely a class is at each pixel of a photo: the logits of each pass upsampled, softmax, the mean of the passes.
 *
 * @returns gives one row after the other, the same array each time
 */
export function* probabilityRows(passes: Passes, {width, height}: Size, classId: number): Generator<Float32Array> {
  const grids = passes.map(({logits, covered}) => ({
    logits,
    across: places(width, logits.width, covered.width),
    down: places(height, logits.height, covered.height),
    row: new Float32Array(logits.width * logits.classes),
    point: new Float32Array(logits.classes)
  }));
  const found = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    found.fill(0);
    for (const {logits, across, down, row, point} of grids) {
      const {classes} = logits;
      interpolateRow(logits, down[y]!, row);
      for (let x = 0; x < width; x++) {
        const [left, right, share] = across[x]!;
        let largest = -Infinity;
        for (let c = 0; c < classes; c++) {
          const before = row[left * classes + c]!;
          largest = Math.max(largest, (point[c] = before + (row[right * classes + c]! - before) * share));
        }
        let total = 0;
        for (let c = 0; c < classes; c++) total += point[c] = Math.exp(point[c]! - largest);
        found[x]! += point[classId]! / total / grids.length;
      }
    }
    yield found;
  }
}

/**
 * One channel of a map whose corners are a photo's, upsampled to the photo's size.
 *
 * @returns as `probabilityRows` does
 */
export function* channelRows(map: LogitsArray, {width, height}: Size, channel: number): Generator<Float32Array> {
  const across = places(width, map.width, 1);
  const down = places(height, map.height, 1);
  const row = new Float32Array(map.width * map.classes);
  const found = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    interpolateRow(map, down[y]!, row);
    for (let x = 0; x < width; x++) {
      const [left, right, share] = across[x]!;
      const before = row[left * map.classes + channel]!;
      found[x] = before + (row[right * map.classes + channel]! - before) * share;
    }
    yield found;
  }
}

/** Puts a row between two rows of a map into `row`. */
function interpolateRow(
  {width, classes, values}: LogitsArray,
  [top, bottom, share]: readonly [number, number, number],
  row: Float32Array
): void {
  const length = width * classes;
  for (let i = 0; i < length; i++) {
    const above = values[top * length + i]!;
    row[i] = above + (values[bottom * length + i]! - above) * share;
  }
}
