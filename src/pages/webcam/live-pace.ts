import {cost} from "../../engine/cost.js";
import type {Network} from "../../engine/network.js";
import {OUTPUT_STRIDES, plan} from "../../engine/plan.js";
import {fitInput} from "../../engine/preprocess.js";
import type {LiveRun} from "../../worker/live/messages.js";
import {paceController, paceSettings} from "./pace.js";
import {LIVE_SIZES} from "./state.js";

/** Multiply-adds of a network on frames of a size. */
function frameCost(network: Network, frame: {readonly width: number; readonly height: number}): (run: LiveRun) => number {
  return ({outputStride, inputSize}) => {
    const {height, width} = fitInput(frame.height, frame.width, inputSize);
    return cost(plan(network, {height, width, outputStride})).multiplyAdds;
  };
}

/** Holds a frame rate from the reader's own choice downwards. */
export function livePace(options: {
  readonly framesPerSecond: number;
  readonly start: LiveRun;
  readonly network: Network;
  readonly frame: {readonly width: number; readonly height: number};
}): ReturnType<typeof paceController> {
  const {framesPerSecond, start, network, frame} = options;
  const settings = paceSettings(
    LIVE_SIZES.filter((size) => size <= start.inputSize),
    OUTPUT_STRIDES.filter((stride) => stride >= start.outputStride)
  );
  return paceController({framesPerSecond, start, settings, cost: frameCost(network, frame)});
}
