import type {Step} from "./kinds.js";
import type {Window} from "./window.js";

/** A step that convolves: what it multiplies has a kernel, which slides over the map. */
export type ConvolutionStep = Extract<Step, Window>;

/** The step with its kernel, stride and rate, where it has them. */
export function convolutionOf(step: Step): ConvolutionStep | null {
  return "kernel" in step ? step : null;
}
