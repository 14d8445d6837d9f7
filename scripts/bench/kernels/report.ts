import {median} from "d3-array";
import {columns} from "../columns.js";

export interface KernelSetting {
  readonly model: string;
  /** Side of the input in pixels. */
  readonly size: number;
  readonly outputStride: number;
}

/** Our kernels beside TensorFlow.js's; medians of milliseconds. */
export interface KernelRow extends KernelSetting {
  readonly kind: "kernels";
  readonly ours: number;
  readonly theirs: number;
  /** theirs / ours: how many times as long they take. */
  readonly ratio: number;
  /** Billions of multiplications and additions a second of ours. */
  readonly gigaflops: number;
}

export function kernelRow(
  setting: KernelSetting,
  multiplyAdds: number,
  times: {readonly ours: readonly number[]; readonly theirs: readonly number[]}
): KernelRow {
  const [ours, theirs] = [median(times.ours)!, median(times.theirs)!];
  return {kind: "kernels", ...setting, ours, theirs, ratio: theirs / ours, gigaflops: (2 * multiplyAdds) / ours / 1e6};
}

export function kernelTable(rows: readonly KernelRow[]): string {
  const head = ["model", "size", "output stride", "ours, ms", "TensorFlow.js, ms", "ratio", "ours, GFLOP/s"];
  const cells = rows.map(({model, size, outputStride, ours, theirs, ratio, gigaflops}) => [
    ...[model, String(size), String(outputStride)],
    ...[ours.toFixed(1), theirs.toFixed(1), ratio.toFixed(2), gigaflops.toFixed(1)]
  ]);
  return columns([head, ...cells], 1);
}
