import {cost} from "../../engine/cost.js";
import type {Network} from "../../engine/network.js";
import {OUTPUT_STRIDES, plan} from "../../engine/plan.js";
import {fitInput} from "../../engine/preprocess.js";
import type {LiveRun} from "../../worker/live/messages.js";
import {paceController, paceSettings} from "./pace.js";
import type {PaceChange, PaceController} from "./pace.js";
import {LIVE_SIZES} from "./state.js";
import type {WebcamState} from "./state.js";

interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Multiply-adds of a network on frames of a size. */
function frameCost(network: Network, frame: FrameSize): (run: LiveRun) => number {
  return ({outputStride, inputSize}) => {
    const {height, width} = fitInput(frame.height, frame.width, inputSize);
    return cost(plan(network, {height, width, outputStride})).multiplyAdds;
  };
}

/** Holds a frame rate from the reader's own choice downwards. */
function livePace(options: {
  readonly framesPerSecond: number;
  readonly start: LiveRun;
  readonly network: Network;
  readonly frame: FrameSize;
}): PaceController {
  const {framesPerSecond, start, network, frame} = options;
  const settings = paceSettings(
    LIVE_SIZES.filter((size) => size <= start.inputSize),
    OUTPUT_STRIDES.filter((stride) => stride >= start.outputStride)
  );
  return paceController({framesPerSecond, start, settings, cost: frameCost(network, frame)});
}

/** What the network runs at: what the reader chose, or what the pace put in its place. */
export interface PacedRun {
  now(): LiveRun;
  /** Begins the pace anew from what the reader chose. @param network null while it is not known */
  renew(network: Network | null, frame: FrameSize): void;
  /** Lets the pace see how long a frame took, as `PaceController.frame` does. */
  frame(elapsed: number, at: number): PaceChange | null;
}

export function pacedRun(chosen: () => Pick<WebcamState, "pace" | "outputStride" | "inputSize">): PacedRun {
  let pace: PaceController | null = null;
  let paced: LiveRun | null = null;
  const own = (): LiveRun => ({outputStride: chosen().outputStride, inputSize: chosen().inputSize});
  return {
    now: () => paced ?? own(),
    renew(network, frame) {
      const {pace: framesPerSecond} = chosen();
      paced = null;
      pace =
        framesPerSecond === "fixed" || !network || frame.width === 0 ? null : livePace({framesPerSecond, start: own(), network, frame});
    },
    frame(elapsed, at) {
      const change = pace?.frame(elapsed, at) ?? null;
      if (change) paced = change.run;
      return change;
    }
  };
}
