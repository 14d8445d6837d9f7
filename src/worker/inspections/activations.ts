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
    return reading(await readBack(tensor));
  } finally {
    tensor.dispose();
  }
}

/** The same of an end point that is looked into: it stays on the device, with what it reads. */
export async function opened({open}: Prepared, {layer}: {readonly layer: string}): Promise<Reading> {
  const maps = await readBack((await open(layer))[layer]!);
  // What is read back may be the tensor's own memory, and what is answered is handed over.
  return reading({...maps, values: maps.values.slice()});
}

function reading(maps: Activations): Reading {
  return {...maps, statistics: channelStatistics(maps)};
}
