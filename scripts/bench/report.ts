import {median} from "d3-array";
import type {Comparison} from "./comparisons.js";
import {columns} from "./columns.js";
import type {Timed} from "./page/main.js";

/** One row of the result; times are medians of milliseconds from pixels to label map. */
export interface Row {
  readonly kind: "photo";
  readonly peer: Comparison["peer"];
  readonly backend: Comparison["backend"];
  readonly inputSize: number;
  /** Ours; the peer runs at 8. */
  readonly outputStride: number;
  readonly oursMs: number;
  readonly peerMs: number;
  /** peerMs / oursMs: how many times faster ours is. */
  readonly ratio: number;
  /** Share of the pixels on which the label maps agree, 0-1. */
  readonly agreement: number;
}

/** One row for each output stride of a comparison. */
export function rowsOf({peer, backend, inputSize}: Comparison, {peerMs, ours}: Timed): Row[] {
  const peerMedian = median(peerMs)!;
  return ours.map(({outputStride, ms, agreement}) => {
    const oursMs = median(ms)!;
    return {kind: "photo", peer, backend, inputSize, outputStride, oursMs, peerMs: peerMedian, ratio: peerMedian / oursMs, agreement};
  });
}

/** Rows as a table for people. */
export function table(rows: readonly Row[]): string {
  return columns(
    [
      ["peer", "backend", "input", "our OS", "ours ms", "peer ms", "ratio", "agree %"],
      ...rows.map(({peer, backend, inputSize, outputStride, oursMs, peerMs, ratio, agreement}) => [
        peer,
        backend,
        String(inputSize),
        String(outputStride),
        oursMs.toFixed(1),
        peerMs.toFixed(1),
        ratio.toFixed(2),
        (100 * agreement).toFixed(3)
      ])
    ],
    2
  );
}
