import {FormatError} from "../../formats/format-error.js";
import type {OnnxTensor} from "../../formats/onnx-tensor.js";

/** Values of a tensor in other places: what slices, transposes and spreads do. */

/** More than any kernel has: what is larger is computed from small lists to exhaust the memory. */
const MAXIMUM_VALUES = 2 ** 23;

/** @throws FormatError where that is more than any kernel has */
export function countOf(shape: readonly number[]): number {
  const count = shape.reduce((product, side) => product * side, 1);
  if (count > MAXIMUM_VALUES) throw new FormatError(`The ONNX file is damaged: it computes a list of the shape [${shape.join(", ")}].`);
  return count;
}

/** Values from one cell to the next along each axis, the last axis fastest. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  shape.reduceRight((stride, side, axis) => {
    strides[axis] = stride;
    return stride * side;
  }, 1);
  return strides;
}

/**
 * The values at all combinations of one offset an axis, the last axis fastest.
 *
 * @param offsets for each axis of the result, where its cells stand in the values
 * @throws FormatError where that is more than any kernel has
 */
export function picked({values, isWhole}: OnnxTensor, offsets: readonly (readonly number[])[]): OnnxTensor {
  const shape = offsets.map(({length}) => length);
  countOf(shape);
  let places = Int32Array.of(0);
  for (const along of offsets) {
    const next = new Int32Array(places.length * along.length);
    places.forEach((place, i) => along.forEach((offset, j) => (next[i * along.length + j] = place + offset)));
    places = next;
  }
  return {shape, values: Float32Array.from(places, (place) => values[place]!), isWhole};
}

/** The offsets of all cells along an axis. */
export function along(count: number, stride: number): number[] {
  return Array.from({length: count}, (_, i) => i * stride);
}

/** The shape that two have together; null where they do not fit. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] | null {
  const rank = Math.max(a.length, b.length);
  const [left, right] = [padded(a, rank), padded(b, rank)];
  const fits = left.every((side, axis) => side === right[axis] || side === 1 || right[axis] === 1);
  return fits ? left.map((side, axis) => (side === 1 ? right[axis]! : side)) : null;
}

/** A tensor spread to a shape that its own fits. */
export function spread(tensor: OnnxTensor, shape: readonly number[]): OnnxTensor {
  const own = padded(tensor.shape, shape.length);
  if (own.join() === shape.join()) return tensor;
  const strides = stridesOf(own);
  return picked(
    tensor,
    shape.map((side, axis) => (own[axis] === 1 ? new Array<number>(side).fill(0) : along(side, strides[axis]!)))
  );
}

/** A shape with as many sides, ones before its own. */
export function padded(shape: readonly number[], rank: number): number[] {
  return [...new Array<number>(Math.max(0, rank - shape.length)).fill(1), ...shape];
}
