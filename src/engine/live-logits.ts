/**
 * What becomes of a frame's logits on their way to a class map: smoothing over time, upsampling along edges. Plain
 * arrays, for machines without a GPU that draws; the drawing programs of src/media/live compute the same.
 */
import type {LogitsArray} from "./pixel.js";
import type {Covered} from "./postprocess.js";

/** Changes of colour, 0-1, that noise makes, and from which on nothing is kept. */
export const STILL = 0.03;
export const MOVED = 0.12;

/** How near, in cells, and how alike in colour, 0-1, a cell must be to count for a pixel: the widths of two Gaussians. */
export const NEAR = 0.8;
export const ALIKE = 0.1;
/** Share by which nearness counts alone, for a pixel unlike all cells. */
export const UNLIKE_SHARE = 1e-6;

/** Samples of the frame in each direction that make a cell's colour. */
export const GUIDE_SAMPLES = 5;

/** Milliseconds after which the logits before have faded to 1/e where nothing moves. */
const SMOOTHING_MILLISECONDS = 180;

/** Share of the smoothed logits before, 0-1, that stays where the picture stands still. */
export function keptShare(milliseconds: number): number {
  return Math.exp(-milliseconds / SMOOTHING_MILLISECONDS);
}

/** RGBA bytes, rows from the top. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Mean colour of the frame around each cell of the logits: three values a cell, 0-1. */
export function guideColours({width, height, data}: Pixels, cells: Pick<LogitsArray, "height" | "width">, extent: Covered): Float32Array {
  const colours = new Float32Array(cells.height * cells.width * 3);
  const stepX = 1 / (Math.max(cells.width - 1, 1) * extent.width);
  const stepY = 1 / (Math.max(cells.height - 1, 1) * extent.height);
  const sampled = (middle: number, step: number, sample: number, side: number) => {
    const at = middle + ((sample + 0.5) / GUIDE_SAMPLES - 0.5) * step;
    return Math.min(Math.max(Math.floor(at * side), 0), side - 1);
  };
  for (let y = 0, at = 0; y < cells.height; y++) {
    for (let x = 0; x < cells.width; x++, at += 3) {
      for (let j = 0; j < GUIDE_SAMPLES; j++) {
        const row = sampled(y * stepY, stepY, j, height) * width;
        for (let i = 0; i < GUIDE_SAMPLES; i++) {
          const from = (row + sampled(x * stepX, stepX, i, width)) * 4;
          for (let c = 0; c < 3; c++) colours[at + c]! += data[from + c]!;
        }
      }
      for (let c = 0; c < 3; c++) colours[at + c]! /= 255 * GUIDE_SAMPLES ** 2;
    }
  }
  return colours;
}

/**
 * Blends logits with the ones before, in place, where the frame stands still: an exponential average that gives way to
 * motion.
 *
 * @param guides colours of the cells now and before, as of `guideColours`
 * @param kept share of the ones before where nothing moves, 0-1
 */
export function smoothLogits(logits: LogitsArray, before: Float32Array, guides: {readonly now: Float32Array; readonly before: Float32Array}, kept: number): void {
  const {height, width, classes, values} = logits;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const keep = kept * (1 - smoothstep(STILL, MOVED, changeAround(y, x)));
      const from = (y * width + x) * classes;
      for (let c = from; c < from + classes; c++) values[c]! += (before[c]! - values[c]!) * keep;
    }
  }

  /** The largest change of colour of a cell and its neighbours. */
  function changeAround(y: number, x: number): number {
    let largest = 0;
    for (let j = Math.max(y - 1, 0); j <= Math.min(y + 1, height - 1); j++) {
      for (let i = Math.max(x - 1, 0); i <= Math.min(x + 1, width - 1); i++) largest = Math.max(largest, distance(guides.now, guides.before, (j * width + i) * 3));
    }
    return largest;
  }
}

/**
 * The class map of a frame, its borders drawn to the frame's edges: joint bilateral upsampling of the logits (Kopf et
 * al. 2007) over the 4 x 4 cells around each pixel, then the largest. Where all of them agree on the largest class, so
 * does every mean of them.
 *
 * @param frame of the size of the class map
 * @param guide colours of the cells, as of `guideColours`
 * @returns one class id a pixel, rows from the top
 */
export function labelsAlongEdges({height: rows, width: columns, classes, values}: LogitsArray, extent: Covered, frame: Pixels, guide: Float32Array): Uint8Array {
  const {height, width, data} = frame;
  const labels = new Uint8Array(height * width);
  const winners = Uint8Array.from({length: rows * columns}, (_, cell) => largestAt(values, cell * classes, classes));
  const cells = new Int32Array(16);
  const weights = new Float64Array(16);
  const sums = new Float64Array(classes);
  for (let y = 0; y < height; y++) {
    const atY = position(y, height, extent.height, rows);
    const low = Math.floor(atY);
    let knownX = -1;
    let agreed = false;
    for (let x = 0; x < width; x++) {
      const atX = position(x, width, extent.width, columns);
      const left = Math.floor(atX);
      if (left !== knownX) {
        knownX = left;
        agreed = true;
        for (let i = 0; i < 16; i++) {
          cells[i] = clamp(low + (i >> 2) - 1, rows) * columns + clamp(left + (i & 3) - 1, columns);
          agreed &&= winners[cells[i]!] === winners[cells[0]!];
        }
      }
      const pixel = y * width + x;
      if (agreed) {
        labels[pixel] = winners[cells[0]!]!;
        continue;
      }
      for (let i = 0; i < 16; i++) {
        const awayY = (low + (i >> 2) - 1 - atY) / NEAR;
        const awayX = (left + (i & 3) - 1 - atX) / NEAR;
        const away = awayY * awayY + awayX * awayX;
        let unlike = 0;
        for (let c = 0; c < 3; c++) unlike += ((guide[cells[i]! * 3 + c]! - data[pixel * 4 + c]! / 255) / ALIKE) ** 2;
        weights[i] = Math.exp(-0.5 * (away + unlike)) + UNLIKE_SHARE * Math.exp(-0.5 * away);
      }
      sums.fill(0);
      for (let i = 0; i < 16; i++) for (let c = 0; c < classes; c++) sums[c]! += weights[i]! * values[cells[i]! * classes + c]!;
      labels[pixel] = largestAt(sums, 0, classes);
    }
  }
  return labels;
}

/** Where a pixel lies among the cells of a side. */
function position(pixel: number, pixels: number, share: number, cells: number): number {
  return pixels > 1 ? (pixel / (pixels - 1)) * share * (cells - 1) : 0;
}

function clamp(cell: number, cells: number): number {
  return Math.min(Math.max(cell, 0), cells - 1);
}

function largestAt(values: ArrayLike<number>, from: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) if (values[from + i]! > values[from + best]!) best = i;
  return best;
}

function distance(a: Float32Array, b: Float32Array, at: number): number {
  return Math.hypot(a[at]! - b[at]!, a[at + 1]! - b[at + 1]!, a[at + 2]! - b[at + 2]!);
}

function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(Math.max((value - from) / (to - from), 0), 1);
  return t * t * (3 - 2 * t);
}
