import * as tf from "@tensorflow/tfjs-core";
import {halvings} from "../src/engine/preprocess.js";
import type {Fit} from "../src/engine/preprocess.js";

/**
 * The network's input from pixels by tensor operations alone, as `photoInput` is to make it: bilinear resize with aligned corners,
 * x / 127.5 - 1, padded to the fit's size with mid grey (zero). A photo more than twice too large is halved by averaging first.
 *
 * @param pixels [1, height, width, 3 or 4], values 0-255; a fourth channel (alpha) is dropped
 * @returns [1, fit.height, fit.width, 3], values in [-1, 1]; the caller disposes it
 */
export function preprocess(pixels: tf.Tensor4D, fit: Fit): tf.Tensor4D {
  return tf.tidy(() => {
    let image = pixels;
    for (let left = halvings(pixels.shape[1], pixels.shape[2], fit); left > 0; left--) image = tf.avgPool(image, 2, 2, "same");
    const {resizedHeight, resizedWidth, height, width} = fit;
    if (image.shape[1] !== resizedHeight || image.shape[2] !== resizedWidth) {
      image = tf.image.resizeBilinear(image, [resizedHeight, resizedWidth], true);
    }
    if (image.shape[3] > 3) image = tf.slice(image, [0, 0, 0, 0], [1, resizedHeight, resizedWidth, 3]);
    const scaled = tf.sub(tf.mul(image, 1 / 127.5), 1) as tf.Tensor4D;
    return height === resizedHeight && width === resizedWidth
      ? scaled
      : tf.pad(scaled, [
          [0, 0],
          [0, height - resizedHeight],
          [0, width - resizedWidth],
          [0, 0]
        ]);
  });
}
