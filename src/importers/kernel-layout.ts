import type {Weight} from "../engine/model.js";
import {FormatError} from "../formats/format-error.js";
import {readWhenAsked} from "../formats/node-graph.js";

/** Layouts of kernels in files, as the sides of theirs that become ours: height, width, input, output. */
export const FROM_OHWI = [1, 2, 3, 0] as const;
export const FROM_OIHW = [2, 3, 1, 0] as const;

/** A kernel with its sides in another order, made each time its values are asked for. @throws FormatError where it has not four sides */
export function turned(kernel: Weight, sides: typeof FROM_OHWI | typeof FROM_OIHW): Weight {
  const sizes = fourSides(kernel.shape);
  const strides = [sizes[1] * sizes[2] * sizes[3], sizes[2] * sizes[3], sizes[3], 1] as const;
  const [height, width, inputs, outputs] = sides.map((side) => sizes[side]) as [number, number, number, number];
  const [down, right, deep, out] = sides.map((side) => strides[side]) as [number, number, number, number];
  return readWhenAsked([height, width, inputs, outputs], () => {
    const {values} = kernel;
    const moved = new Float32Array(values.length);
    let to = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let i = 0; i < inputs; i++) {
          const from = y * down + x * right + i * deep;
          for (let o = 0; o < outputs; o++) moved[to++] = values[from + o * out]!;
        }
      }
    }
    return moved;
  });
}

/** The sides of a kernel. @throws FormatError where it has not four */
export function fourSides(shape: readonly number[]): readonly [number, number, number, number] {
  if (shape.length !== 4) throw new FormatError(`The file is damaged: a kernel has the shape [${shape.join(", ")}].`);
  return shape as readonly number[] as readonly [number, number, number, number];
}
