import type {LogitsArray} from "./pixel.js";
import type {Covered} from "./postprocess.js";

/**
 * The label map from logits that were read back: bilinear with aligned corners to the photo's size, then argmax.
 *
 * Equal to `labelMap`, without its large tensors: inside a cell whose four corners agree on the largest class, that
 * class is the largest everywhere (each interpolated logit is the same weighted mean of its corners), so only cells on a
 * border between classes are interpolated.
 *
 * @param extent what the photo covers of the logits
 * @returns one class id a pixel, height x width, rows from the top
 */
export function labelsFromLogits(logits: LogitsArray, extent: Covered, height: number, width: number): Uint8Array {
  const {classes, values} = logits;
  const corners = largestClasses(logits);
  const rows = samplePoints(height, logits.height, extent.height);
  const columns = samplePoints(width, logits.width, extent.width);
  const labels = new Uint8Array(height * width);
  /** Logits of the current row of pixels at the columns of the map, made when a pixel needs them. */
  const between = new Float32Array(logits.width * classes);
  for (let y = 0; y < height; y++) {
    const top = rows.low[y]! * logits.width;
    const bottom = rows.high[y]! * logits.width;
    const down = rows.fraction[y]!;
    /** Columns of `between` from 0 to this one hold the row's logits; the pixels ask for them from left to right. */
    let made = -1;
    for (let x = 0; x < width; x++) {
      const left = columns.low[x]!;
      const right = columns.high[x]!;
      const corner = corners[top + left]!;
      if (corner === corners[top + right] && corner === corners[bottom + left] && corner === corners[bottom + right]) {
        labels[y * width + x] = corner;
        continue;
      }
      for (let column = Math.max(left, made + 1); column <= right; column++) {
        for (let c = 0; c < classes; c++) {
          const above = values[(top + column) * classes + c]!;
          between[column * classes + c] = above + (values[(bottom + column) * classes + c]! - above) * down;
        }
        made = column;
      }
      labels[y * width + x] = largestBetween(between, left * classes, right * classes, columns.fraction[x]!, classes);
    }
  }
  return labels;
}

/** The class with the largest logit at each cell; the first of equal ones. */
function largestClasses({height, width, classes, values}: LogitsArray): Uint8Array {
  const largest = new Uint8Array(height * width);
  for (let i = 0; i < largest.length; i++) largest[i] = largestBetween(values, i * classes, i * classes, 0, classes);
  return largest;
}

/** The class with the largest value on the way from one list of logits to another; the first of equal ones. */
function largestBetween(values: Float32Array, from: number, to: number, fraction: number, classes: number): number {
  let best = 0;
  let bestValue = -Infinity;
  for (let c = 0; c < classes; c++) {
    const value = values[from + c]! + (values[to + c]! - values[from + c]!) * fraction;
    if (value > bestValue) {
      bestValue = value;
      best = c;
    }
  }
  return best;
}

/** For each pixel of a side the cells before and after it, and how far it lies between them; corners aligned. */
export function samplePoints(pixels: number, cells: number, share: number): {low: Int32Array; high: Int32Array; fraction: Float32Array} {
  const low = new Int32Array(pixels);
  const high = new Int32Array(pixels);
  const fraction = new Float32Array(pixels);
  const step = pixels > 1 ? (share * (cells - 1)) / (pixels - 1) : 0;
  for (let i = 0; i < pixels; i++) {
    const position = i * step;
    low[i] = Math.min(Math.floor(position), cells - 1);
    high[i] = Math.min(low[i]! + 1, cells - 1);
    fraction[i] = position - low[i]!;
  }
  return {low, high, fraction};
}
