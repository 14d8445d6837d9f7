import type * as tf from "@tensorflow/tfjs-core";
import type {Shape} from "./kind.js";
import type {TensorOps} from "./tensor-ops.js";

/** Sums and products of activations of one size, among which those of a single cell hold at every position. */

/** @throws RangeError where the sizes do not fit */
export function widest(from: readonly Shape[]): Shape {
  const {channels} = from[0]!;
  const height = Math.max(...from.map((shape) => shape.height));
  const width = Math.max(...from.map((shape) => shape.width));
  const misfit = from.find(
    (shape) => shape.channels !== channels || !(isCell(shape) || (shape.height === height && shape.width === width))
  );
  if (misfit) {
    const sizes = from.map((shape) => `${shape.height} × ${shape.width} × ${shape.channels}`).join(", ");
    throw new RangeError(`Activations of ${sizes} cannot be joined cell by cell.`);
  }
  return {height, width, channels};
}

/** A gradient summed over the positions at which a single cell was read. */
export function summedTo(ops: TensorOps, gradient: tf.Tensor4D, shape: Shape): tf.Tensor4D {
  const [, height, width] = gradient.shape;
  return isCell(shape) && height * width > 1 ? ops.sum(gradient, [1, 2], true) : gradient;
}

function isCell({height, width}: Shape): boolean {
  return height === 1 && width === 1;
}
