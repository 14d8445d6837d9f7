import {median} from "d3-array";
import type {BackendId} from "../../../src/worker/protocol.js";
import type {Scrolled} from "./in-page.js";

/** What was timed of one layer on one backend, run by run. */
export interface TimedInside {
  readonly networkMs: readonly number[];
  readonly openMs: readonly number[];
  readonly scrolls: readonly Scrolled[];
  /** The most that the main thread computed in one task of a scroll. */
  readonly computedMs: number;
}

/** One row of the result; times are medians of milliseconds, unless they say otherwise. */
export interface InsideRow {
  readonly kind: "inside";
  readonly model: string;
  readonly backend: BackendId;
  readonly layer: string;
  /** As the page writes it. */
  readonly shape: string;
  readonly runs: number;
  readonly networkMs: number;
  /** From the click on the layer's button to the frame with its grid. */
  readonly openMs: number;
  /** openMs / networkMs. */
  readonly ratio: number;
  /** Of the longest time between two frames of each scroll from top to bottom: the median, and the worst. */
  readonly longestFrameMs: number;
  readonly worstFrameMs: number;
  /** Frames of all scrolls, and those that took more than 50 ms. */
  readonly frames: number;
  readonly framesOver50: number;
  /** The main thread's longest task of 50 ms and more while scrolling; null where there was none. */
  readonly longestTaskMs: number | null;
  /** The most that the main thread itself computed in one task of a scroll, whatever else kept the cores busy. */
  readonly computedMs: number;
}

export function insideRow(
  what: Pick<InsideRow, "model" | "backend" | "layer" | "shape">,
  {networkMs, openMs, scrolls, computedMs}: TimedInside
): InsideRow {
  const network = median(networkMs)!;
  const open = median(openMs)!;
  const longest = scrolls.map(({gaps}) => Math.max(...gaps));
  const frames = scrolls.flatMap(({gaps}) => gaps);
  const tasks = scrolls.flatMap(({longTasks}) => longTasks);
  return {
    kind: "inside",
    ...what,
    runs: openMs.length,
    networkMs: network,
    openMs: open,
    ratio: open / network,
    longestFrameMs: median(longest)!,
    worstFrameMs: Math.max(...longest),
    frames: frames.length,
    framesOver50: frames.filter((gap) => gap > 50).length,
    longestTaskMs: tasks.length > 0 ? Math.max(...tasks) : null,
    computedMs
  };
}

/** A row in words. */
export function insideLine(row: InsideRow): string {
  const {
    model,
    backend,
    layer,
    shape,
    runs,
    networkMs,
    openMs,
    ratio,
    longestFrameMs,
    worstFrameMs,
    frames,
    framesOver50,
    longestTaskMs,
    computedMs
  } = row;
  return [
    `${model} on ${backend}: ${layer}, ${shape}, medians of ${runs}`,
    `  network ${networkMs.toFixed(0)} ms; from the click to the frame with the layer's grid ${openMs.toFixed(0)} ms, ${ratio.toFixed(2)} network times`,
    `  scrolled from top to bottom: longest frame ${longestFrameMs.toFixed(1)} ms (median of the scrolls), ${worstFrameMs.toFixed(1)} ms (worst); ${framesOver50} of ${frames} frames over 50 ms; ${
      longestTaskMs === null ? "no task of 50 ms or more" : `longest task ${longestTaskMs.toFixed(0)} ms`
    }`,
    `  of its own the main thread computed at most ${computedMs.toFixed(1)} ms in one task of a scroll; the rest of a longer one it waited for a core`
  ].join("\n");
}
