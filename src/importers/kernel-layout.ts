import type {Weight} from "../engine/model.js";
import {FormatError} from "../formats/format-error.js";
import {readWhenAsked} from "../formats/node-graph.js";

/** Layouts of kernels in files, as the sides of theirs that become ours: height, width, input, output. */
export const FROM_OHWI = [1, 2, 3, 0] as const;
export const FROM_OIHW = [2, 3, 1, 0] as const;
/** The other way: the sides of ours that become theirs. */
export const TO_OIHW = [3, 2, 0, 1] as const;
/** Of depthwise kernels [h, w, C, 1] and [C, 1, h, w], either way. */
export const HALVES_SWAPPED = [2, 3, 0, 1] as const;

type Sides = typeof FROM_OHWI | typeof FROM_OIHW | typeof TO_OIHW | typeof HALVES_SWAPPED;

/** A kernel with its sides in another order, made each time its values are asked for. @throws FormatError where it has not four sides */
export function turned(kernel: Weight, sides: Sides): Weight {
  const from = fourSides(kernel.shape);
  const strides = [from[1] * from[2] * from[3], from[2] * from[3], from[3], 1] as const;
  const sizes = sides.map((side) => from[side]) as [number, number, number, number];
  const [first, second, third, fourth] = sides.map((side) => strides[side]) as [number, number, number, number];
  return readWhenAsked(sizes, () => {
    const {values} = kernel;
    const moved = new Float32Array(values.length);
    let to = 0;
    for (let a = 0; a < sizes[0]; a++) {
      for (let b = 0; b < sizes[1]; b++) {
        for (let c = 0; c < sizes[2]; c++) {
          const start = a * first + b * second + c * third;
          for (let d = 0; d < sizes[3]; d++) moved[to++] = values[start + d * fourth]!;
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
