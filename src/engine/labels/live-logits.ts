/**
 * What becomes of a frame's logits on their way to a class map: smoothing over time, upsampling along edges. Plain
 * arrays, for machines without a GPU that draws; the drawing programs of src/media/live compute the same.
 */
import {positionAmong} from "../neighbours.js";
import type {LogitsArray} from "./pixel.js";
import type {Covered} from "./postprocess.js";

/** Changes of colour, 0-1, that noise makes, and from which on nothing is kept. */
export const STILL = 0.03;
export const MOVED = 0.12;

/** How near, in cells, and how alike in colour, 0-1, a cell must be to count for a pixel: the widths of two Gaussians. */
export const NEAR = 0.45;
export const ALIKE = 0.2;
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
  const rows = samplesAlong(height, cells.height, extent.height);
  const columns = samplesAlong(width, cells.width, extent.width);
  for (let y = 0, at = 0; y < cells.height; y++) {
    for (let x = 0; x < cells.width; x++, at += 3) {
      // Sums of bytes are exact in whatever order they are added.
      let [red, green, blue] = [0, 0, 0];
      for (let j = y * GUIDE_SAMPLES; j < (y + 1) * GUIDE_SAMPLES; j++) {
        const row = rows[j]! * width;
        for (let i = x * GUIDE_SAMPLES; i < (x + 1) * GUIDE_SAMPLES; i++) {
          const from = (row + columns[i]!) * 4;
          red += data[from]!;
          green += data[from + 1]!;
          blue += data[from + 2]!;
        }
      }
      colours[at] = red / SAMPLED;
      colours[at + 1] = green / SAMPLED;
      colours[at + 2] = blue / SAMPLED;
    }
  }
  return colours;
}

/** What the samples of a cell add up to at most. */
const SAMPLED = 255 * GUIDE_SAMPLES ** 2;

/** Along a side the pixels that are sampled for each cell. */
function samplesAlong(pixels: number, cells: number, share: number): Int32Array {
  const step = 1 / (Math.max(cells - 1, 1) * share);
  return Int32Array.from({length: cells * GUIDE_SAMPLES}, (_, index) => {
    const [cell, sample] = [Math.floor(index / GUIDE_SAMPLES), index % GUIDE_SAMPLES];
    const at = cell * step + ((sample + 0.5) / GUIDE_SAMPLES - 0.5) * step;
    return Math.min(Math.max(Math.floor(at * pixels), 0), pixels - 1);
  });
}

/**
 * Blends logits with the ones before, in place, where the frame stands still: an exponential average that gives way to
 * motion.
 *
 * @param guides colours of the cells now and before, as of `guideColours`
 * @param kept share of the ones before where nothing moves, 0-1
 */
export function smoothLogits(
  logits: LogitsArray,
  before: Float32Array,
  guides: {readonly now: Float32Array; readonly before: Float32Array},
  kept: number
): void {
  const {height, width, classes, values} = logits;
  const changes = Float64Array.from({length: height * width}, (_, cell) => distance(guides.now, guides.before, 3 * cell));
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
      for (let i = Math.max(x - 1, 0); i <= Math.min(x + 1, width - 1); i++) largest = Math.max(largest, changes[j * width + i]!);
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
export function labelsAlongEdges(logits: LogitsArray, extent: Covered, frame: Pixels, guide: Float32Array): Uint8Array {
  const {height: rows, width: columns, classes, values} = logits;
  const {height, width, data} = frame;
  const labels = new Uint8Array(height * width);
  const winners = Uint8Array.from({length: rows * columns}, (_, cell) => largestAt(values, cell * classes, classes));
  const cells = new Int32Array(AROUND);
  const weights = new Float64Array(AROUND);
  for (const down of blocks(height, extent.height, rows)) {
    for (const across of blocks(width, extent.width, columns)) {
      for (let i = 0; i < AROUND; i++) cells[i] = clamp(down.low + (i >> 2) - 1, rows) * columns + clamp(across.low + (i & 3) - 1, columns);
      const present = [...new Set(Array.from(cells, (cell) => winners[cell]!))];
      if (present.length === 1) {
        for (let y = down.from; y < down.to; y++) labels.fill(present[0]!, y * width + across.from, y * width + across.to);
        continue;
      }
      const candidates = possibleWinners(values, classes, cells, present);
      for (let y = down.from; y < down.to; y++) {
        for (let x = across.from; x < across.to; x++) {
          const pixel = y * width + x;
          weigh(pixel * 4, down.position(y) - down.low, across.position(x) - across.low);
          let best = -Infinity;
          for (const id of candidates) {
            let sum = 0;
            for (let i = 0; i < AROUND; i++) sum += weights[i]! * values[cells[i]! * classes + id]!;
            if (sum <= best) continue;
            best = sum;
            labels[pixel] = id;
          }
        }
      }
    }
  }
  return labels;

  /** How much each of the cells around counts for a pixel that lies so far below and right of the second. */
  function weigh(at: number, y: number, x: number): void {
    const [r, g, b] = [data[at]! / 255, data[at + 1]! / 255, data[at + 2]! / 255];
    for (let i = 0; i < AROUND; i++) {
      const away = (((i >> 2) - 1 - y) ** 2 + ((i & 3) - 1 - x) ** 2) / NEAR ** 2;
      const colour = cells[i]! * 3;
      const unlike = ((guide[colour]! - r) ** 2 + (guide[colour + 1]! - g) ** 2 + (guide[colour + 2]! - b) ** 2) / ALIKE ** 2;
      weights[i] = Math.exp(-0.5 * (away + unlike)) + UNLIKE_SHARE * Math.exp(-0.5 * away);
    }
  }
}

/** Cells that count for a pixel: 4 x 4. */
const AROUND = 16;

/** Pixels of a side that have the same cell before them. */
export interface Block {
  readonly low: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Where a pixel lies among the cells. */
  position(pixel: number): number;
}

/** A side of so many pixels, divided by the cells that lie before them. @param share of the cells that the pixels cover */
export function blocks(pixels: number, share: number, cells: number): Block[] {
  const position = (pixel: number) => positionAmong(pixel, pixels, cells, share);
  const found: Block[] = [];
  for (let from = 0; from < pixels;) {
    const low = Math.floor(position(from));
    let to = from + 1;
    while (to < pixels && Math.floor(position(to)) === low) to++;
    found.push({low, from, to, position});
    from = to;
  }
  return found;
}

/** The classes that some mean of these cells may make the largest: those that no winner beats in every cell. */
function possibleWinners(values: Float32Array, classes: number, cells: Int32Array, winners: readonly number[]): number[] {
  const isBeaten = (id: number, by: number) => cells.every((cell) => values[cell * classes + id]! < values[cell * classes + by]!);
  return Array.from({length: classes}, (_, id) => id).filter((id) => !winners.some((winner) => isBeaten(id, winner)));
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
