import * as tf from "@tensorflow/tfjs-core";
import type {Pixels} from "./input-values.js";
import {picturesHere} from "./pictures.js";
import type {Fit} from "./preprocess.js";

export type {Pixels};

/**
 * The network's input from a photo, as `inputValues` says, on the current backend.
 *
 * @param photo its fourth channel (alpha) is dropped
 * @returns [1, fit.height, fit.width, 3], values in [-1, 1]; the caller disposes it
 */
export function photoInput(photo: Pixels, fit: Fit): tf.Tensor4D {
  return tf.tensor4d(picturesHere().input(photo, fit), [1, fit.height, fit.width, 3]);
}
