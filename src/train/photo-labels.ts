import * as tf from "@tensorflow/tfjs-core";
import {IGNORE} from "../formats/mask-picture.js";
import type {Mask} from "../formats/mask-picture.js";

/**
 * The labels of a photo that lies at the top left of a network's input; what stands beside it counts nothing.
 *
 * @returns [1, height, width], float32; the caller disposes it
 * @throws RangeError where the mask is larger than the input
 */
export function photoLabels(mask: Mask, {height, width}: {readonly height: number; readonly width: number}): tf.Tensor3D {
  if (mask.height > height || mask.width > width) {
    throw new RangeError(`A mask of ${mask.width} × ${mask.height} pixels does not fit on an input of ${width} × ${height}.`);
  }
  return tf.tidy(() => {
    const ids = tf.tensor2d(mask.ids, [mask.height, mask.width], "float32");
    const beside: [[number, number], [number, number]] = [
      [0, height - mask.height],
      [0, width - mask.width]
    ];
    return tf.reshape(tf.pad2d(ids, beside, IGNORE), [1, height, width]);
  });
}
