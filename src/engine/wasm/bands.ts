import {effectiveExtent} from "../padding.js";
import type {StepOfOp} from "../steps/kinds.js";
import {WORD} from "./packing.js";

/** What a processor's second cache holds besides weights. */
const CACHE = 512 * 1024;
/** Cells of a band, so that tiles are not cut often. */
const CELLS = 132;
const MOST_ROWS = 8;
/** Channels come by tiles of eight. */
const TILE = 8;
const FEWEST_CHANNELS = 48;

/** How a block is carried out: bands of so many rows, so many channels at once. */
export interface Band {
  readonly atOnce: number;
  readonly band: number;
  /** Rows of the expanded map that are kept, and bytes from one of its cells to the next. */
  readonly ringRows: number;
  readonly ringStep: number;
  /** Of what is between, all in all. */
  readonly bytes: number;
}

/** @param channels that are computed together, all by default */
export function bandOf(depthwise: StepOfOp<"depthwise">, isExpanded: boolean, channels = depthwise.channels): Band {
  const {kernel, rate, stride, width, from} = depthwise;
  const band = Math.max(1, Math.min(MOST_ROWS, Math.ceil(CELLS / width), depthwise.height));
  const ringRows = isExpanded ? effectiveExtent(kernel[0], rate) + (band - 1) * stride : 0;
  const cells = ringRows * from[0]!.width + band * width;
  const fitting = Math.floor(CACHE / (cells * WORD) / TILE) * TILE;
  const parts = Math.ceil(channels / Math.max(FEWEST_CHANNELS, fitting));
  const atOnce = parts === 1 ? channels : Math.ceil(channels / parts / TILE) * TILE;
  // Not a multiple of many bytes: columns of cells would share a few lines of the first cache.
  const ringStep = atOnce * WORD + (atOnce % 32 === 0 ? 16 : 0);
  return {atOnce, band, ringRows, ringStep, bytes: cells * ringStep};
}
