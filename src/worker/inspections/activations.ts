import {channelStatistics} from "../../engine/readings/channel-statistics.js";
import type {ChannelStatistics} from "../../engine/readings/channel-statistics.js";
import {executeInTurns} from "../../engine/execute.js";
import {readBack} from "../read-back.js";
import type {Activations} from "../../engine/activations.js";
import type {Prepared} from "./prepared.js";

/** What one end point holds, and what can be said of each of its channels. */
export interface Reading extends Activations {
  readonly statistics: ChannelStatistics;
}

/**
 * Reads one end point. Only what leads to it is computed, so an early layer comes sooner than a whole run.
 *
 * @throws RangeError where the network has no such end point
 */
export async function activations({plan, weights, input, turns}: Prepared, {layer}: {readonly layer: string}): Promise<Reading> {
  const tensor = (await executeInTurns(plan.steps, weights, input, [layer], turns))[layer]!;
  try {
    const maps = await readBack(tensor);
    return {...maps, statistics: channelStatistics(maps)};
  } finally {
    tensor.dispose();
  }
}
