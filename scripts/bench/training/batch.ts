import {seededValues} from "../../../src/engine/seeded.js";
import type {TrainingSetting} from "./report.js";

/* What every training that is compared is told. */

export const MOMENTUM = 0.9;
export const RATE = 0.01;

/** What a step learns from, the same for all: noise, with class ids by chance. @returns rows of pixels, one crop after the other */
export function batchValues(
  {crop, batch}: TrainingSetting,
  classes: number
): {readonly input: Float32Array; readonly labels: Float32Array} {
  const pixels = batch * crop * crop;
  return {
    input: seededValues(1, 3 * pixels),
    labels: seededValues(2, pixels).map((value) => Math.floor(((value + 1) / 2) * classes))
  };
}
