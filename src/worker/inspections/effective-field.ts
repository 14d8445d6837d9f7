import * as tf from "@tensorflow/tfjs-core";
import {inputGradient, pointSeed} from "../../engine/gradient.js";
import {stepNamed} from "../../engine/plan.js";
import {readBack} from "../read-back.js";
import type {Prepared} from "./prepared.js";

/** One value of an end point, and what it is not asked through. */
export interface FieldQuestion {
  readonly endPoint: string;
  readonly channel: number;
  /** In cells of the end point, fractional. */
  readonly row: number;
  readonly column: number;
  /** End points through which no gradient flows. */
  readonly without: readonly string[];
}

/** One value a pixel of the input, row by row. */
export interface FieldMap {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/**
 * The effective receptive field (Luo et al. 2016): how strongly each pixel of the input moves one value, as the gradient's
 * absolute value summed over the three colours.
 *
 * @throws RangeError on a value that the network does not have
 */
export async function effectiveField({plan, weights, input}: Prepared, {endPoint, without, ...at}: FieldQuestion): Promise<FieldMap> {
  const strength = tf.tidy(
    () =>
      tf.sum(
        tf.abs(inputGradient(plan.steps, weights, input, endPoint, pointSeed(stepNamed(plan, endPoint), at), {without})),
        3,
        true
      ) as tf.Tensor4D
  );
  try {
    const {height, width, values} = await readBack(strength);
    return {height, width, values};
  } finally {
    strength.dispose();
  }
}
