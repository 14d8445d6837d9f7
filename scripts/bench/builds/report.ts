import type {BackendId} from "../../../src/worker/protocol.js";
import {columns} from "../columns.js";

/** Two builds of this project on one photo; times are medians of milliseconds from pixels to label map. */
export interface BuildRow {
  readonly kind: "build";
  readonly backend: BackendId;
  readonly inputSize: number;
  readonly outputStride: number;
  readonly mineMs: number;
  readonly theirMs: number;
  /** theirMs / mineMs: how many times faster this build is. */
  readonly ratio: number;
  /** Pixels with another class. */
  readonly differing: number;
}

/** Rows as a table for people. */
export function buildTable(rows: readonly BuildRow[]): string {
  return columns(
    [
      ["backend", "input", "OS", "this ms", "that ms", "ratio", "pixels that differ"],
      ...rows.map(({backend, inputSize, outputStride, mineMs, theirMs, ratio, differing}) => [
        backend,
        String(inputSize),
        String(outputStride),
        mineMs.toFixed(1),
        theirMs.toFixed(1),
        ratio.toFixed(2),
        String(differing)
      ])
    ],
    1
  );
}
