import type {Cell} from "../../../components/page/pointing.js";
import type {Cost} from "../../../engine/cost.js";
import {OUTPUT_STRIDES} from "../../../engine/plan.js";
import type {OutputStride} from "../../../engine/plan.js";
import type {DecodedPhoto} from "../../../media/decode.js";
import type {Activations} from "../../../engine/activations.js";
import type {Segmentation} from "../../../worker/protocol.js";
import type {Segmented} from "../../segmented.js";

/** From the cheapest to the finest, as the page shows them. */
export const STRIDES = OUTPUT_STRIDES.toReversed();

/** The network at one output stride. */
export interface StrideRun {
  readonly outputStride: OutputStride;
  readonly result: Segmentation;
  readonly cost: Cost;
  /** Of the network: the shortest of so many runs. */
  readonly time: {readonly milliseconds: number; readonly runs: number};
  /** The backbone's output. */
  readonly features: Activations;
  /** The photo with its mask over it, at the photo's size. */
  readonly picture: Segmented;
}

/** What stands on the screen: a photo and its runs, in the order of `STRIDES`. */
export interface StrideRuns {
  readonly photo: DecodedPhoto;
  readonly runs: readonly StrideRun[];
}

/** The run at an output stride. */
export function runAt({runs}: StrideRuns, outputStride: OutputStride): StrideRun {
  return runs.find((run) => run.outputStride === outputStride)!;
}

/** The class at a pixel, one a run. */
export function classesAt({runs}: StrideRuns, {row, column}: Cell): string[] {
  return runs.map(({result: {labels, classes, width}}) => classes[labels[row * width + column]!]!);
}
