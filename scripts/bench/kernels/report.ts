import {median} from "d3-array";
import {columns} from "../columns.js";

export interface KernelSetting {
  readonly model: string;
  /** Side of the input in pixels. */
  readonly size: number;
  readonly outputStride: number;
  /** Of ours in the threaded runs. */
  readonly threads: number;
}

/** Milliseconds of all runs. */
export interface KernelTimes {
  readonly ours: readonly number[];
  readonly threaded: readonly number[];
  readonly theirs: readonly number[];
}

/** Our kernels, in one thread and in several, beside TensorFlow.js's in one; medians of milliseconds. */
export interface KernelRow extends KernelSetting {
  readonly kind: "kernels";
  readonly ours: number;
  readonly threaded: number;
  readonly theirs: number;
  /** theirs / ours: how many times as long they take. */
  readonly ratio: number;
  /** ours / threaded: what the other threads bring. */
  readonly scaling: number;
  /** Billions of multiplications and additions a second of ours in one thread. */
  readonly gigaflops: number;
  /** Bytes of all activations of ours together. */
  readonly arena: number;
}

export function kernelRow(
  setting: KernelSetting,
  {multiplyAdds, arena}: {multiplyAdds: number; arena: number},
  times: KernelTimes
): KernelRow {
  const [ours, threaded, theirs] = [median(times.ours)!, median(times.threaded)!, median(times.theirs)!];
  const gigaflops = (2 * multiplyAdds) / ours / 1e6;
  return {kind: "kernels", ...setting, ours, threaded, theirs, ratio: theirs / ours, scaling: ours / threaded, gigaflops, arena};
}

export function kernelTable(rows: readonly KernelRow[]): string {
  const threads = rows[0]!.threads;
  const head = [
    ...["model", "size", "output stride", "ours, ms", "TensorFlow.js, ms", "ratio", `ours in ${threads} threads, ms`, "1 thread / these"],
    ...["ours, GFLOP/s", "arena, MB"]
  ];
  const cells = rows.map(({model, size, outputStride, ours, threaded, theirs, ratio, scaling, gigaflops, arena}) => [
    ...[model, String(size), String(outputStride), ours.toFixed(1), theirs.toFixed(1), ratio.toFixed(2)],
    ...[threaded.toFixed(1), scaling.toFixed(2), gigaflops.toFixed(1), (arena / 1e6).toFixed(1)]
  ]);
  return columns([head, ...cells], 1);
}
