import {passCount} from "../engine/averaging.js";
import type {Averaging} from "../engine/averaging.js";
import {flag, oneOf} from "./state.js";

/** Scales to average over, as addresses write them: one pass, one more on either side, and those of the papers. */
export const SCALE_CHOICES = ["1", "0.75,1,1.25", "0.5,0.75,1,1.25,1.5,1.75"] as const;

/** The part of a page's state table that says which passes a mask is averaged over; one by default. */
export const AVERAGING_PARAMETERS = {
  scales: oneOf("scales", SCALE_CHOICES, "1"),
  flip: flag("flip", false)
};

/** What a page's state says of them. */
export interface AveragingState {
  readonly scales: (typeof SCALE_CHOICES)[number];
  readonly flip: boolean;
}

/** What the state asks for; undefined where that is a single pass. */
export function averagingOf({scales, flip}: AveragingState): Averaging | undefined {
  const averaging = {scales: scales.split(",").map(Number), flip};
  return passCount(averaging) > 1 ? averaging : undefined;
}

/** The passes in words. */
export function averagingInWords(averaging: Averaging): string {
  const {scales, flip} = averaging;
  return `${passCount(averaging)} passes: ${scales.length === 1 ? "scale" : "scales"} ${scales.join(", ")}${flip ? ", mirrored too" : ""}`;
}
