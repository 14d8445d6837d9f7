import {outputSize} from "../engine/padding.js";
import type {Operation, WindowPadding} from "./operations.js";

/** Rows and columns of a map; null where only a run knows them. */
export type MapSize = readonly [rows: number, columns: number] | null;

/** The size of what an operation gives, from those of what it reads. */
export function sizeAfter(operation: Operation, sizes: readonly MapSize[]): MapSize {
  const [size = null] = sizes;
  switch (operation.op) {
    case "conv":
    case "depthwise": {
      const {kernel, stride, rate, padding = "same"} = operation;
      return slid(size, [kernel.shape[0] ?? 1, kernel.shape[1] ?? 1], [stride, stride], rate, padding);
    }
    case "pool":
      return slid(size, operation.window, operation.stride, 1, operation.padding);
    case "pad":
      return operation.margins && grown(size, operation.margins);
    case "mean":
      return [1, 1];
    case "resize":
      return operation.size ?? null;
    case "atrous":
    case "gather":
    case "other":
      return null;
    default:
      // What is joined or added is of one size.
      return sizes.find((each) => each !== null) ?? null;
  }
}

function slid(
  size: MapSize,
  window: readonly [number, number],
  strides: readonly [number, number],
  rate: number,
  padding: WindowPadding
): MapSize {
  const read = typeof padding === "object" ? grown(size, padding) : size;
  if (!read) return null;
  // Margins are in the map already; where "same" and "fixed" are the same numbers, either says the size.
  const kept = typeof padding === "object" ? "valid" : padding === "same_or_fixed" ? "same" : padding;
  const along = (side: 0 | 1) => outputSize(read[side], window[side], {rate, stride: strides[side], padding: kept});
  return [along(0), along(1)];
}

function grown(size: MapSize, {before, after}: Exclude<WindowPadding, string>): MapSize {
  return size && [size[0] + before[0] + after[0], size[1] + before[1] + after[1]];
}
