import type * as tf from "@tensorflow/tfjs-core";
import {paddingOf} from "../padding.js";
import type {StepBase} from "./kind.js";
import type {TensorOps} from "./tensor-ops.js";
import type {Window} from "./window.js";

/** What the WASM backend alone has: its tensors' values where they lie, to be read until the next tensor is made. */
interface Heap {
  typedArrayFromHeap?(tensor: tf.Tensor): Float32Array;
}

/**
 * The gradient with respect to a depthwise kernel: for each tap the sum over all cells of what it reads times the gradient there, channel
 * by channel. In one pass over the values in WASM's memory: out of the backend's operations it takes several times as long, nearly all of
 * it for maps that are made on the way.
 *
 * @param x what the step reads, before it is padded
 * @param gradient with respect to what the convolution gives
 * @returns [h, w, C, 1]; null where the current backend's values lie elsewhere
 */
export function productsOnHeap(ops: TensorOps, step: Window & StepBase, x: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor4D | null {
  const heap = ops.backend() as Heap;
  if (!heap.typedArrayFromHeap) return null;
  const [xs, gs] = [heap.typedArrayFromHeap(x), heap.typedArrayFromHeap(gradient)];
  const {kernel, stride, rate, height, width} = step;
  const [batch, fromHeight, fromWidth, channels] = x.shape;
  const [above, left] = [paddingOf(fromHeight, kernel[0], step).before, paddingOf(fromWidth, kernel[1], step).before];
  const sums = new Float64Array(kernel[0] * kernel[1] * channels);
  for (let row = 0; row < batch * height; row++) {
    const [photo, y] = [Math.floor(row / height), row % height];
    for (let down = 0; down < kernel[0]; down++) {
      const from = y * stride + down * rate - above;
      if (from < 0 || from >= fromHeight) continue;
      const fromRow = photo * fromHeight + from;
      for (let right = 0; right < kernel[1]; right++) {
        const offset = right * rate - left;
        const first = Math.max(0, Math.ceil(-offset / stride));
        const count = Math.min(width, Math.floor((fromWidth - 1 - offset) / stride) + 1) - first;
        addProducts(sums, (down * kernel[1] + right) * channels, channels, count, {
          ...{xs, xAt: (fromRow * fromWidth + first * stride + offset) * channels, xStep: stride * channels},
          ...{gs, gAt: (row * width + first) * channels}
        });
      }
    }
  }
  return ops.tensor4d(Float32Array.from(sums), [kernel[0], kernel[1], channels, 1]);
}

interface Cells {
  readonly xs: Float32Array;
  readonly gs: Float32Array;
  /** Where the first cell begins, in each. */
  readonly xAt: number;
  readonly gAt: number;
  /** From a cell to the next; in `gs` they follow each other. */
  readonly xStep: number;
}

/** Adds the products of so many cells to the sums that begin at a place. Four at a time: a sum is fetched and put back once for them. */
function addProducts(sums: Float64Array, at: number, channels: number, count: number, {xs, gs, xAt, gAt, xStep}: Cells): void {
  let [x, g, left] = [xAt, gAt, count];
  for (; left >= 4; left -= 4, x += 4 * xStep, g += 4 * channels) {
    const [x1, x2, x3] = [x + xStep, x + 2 * xStep, x + 3 * xStep];
    const [g1, g2, g3] = [g + channels, g + 2 * channels, g + 3 * channels];
    for (let c = 0; c < channels; c++) {
      sums[at + c]! += xs[x + c]! * gs[g + c]! + xs[x1 + c]! * gs[g1 + c]! + xs[x2 + c]! * gs[g2 + c]! + xs[x3 + c]! * gs[g3 + c]!;
    }
  }
  for (; left > 0; left--, x += xStep, g += channels) for (let c = 0; c < channels; c++) sums[at + c]! += xs[x + c]! * gs[g + c]!;
}
