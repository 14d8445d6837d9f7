import {LOGITS} from "../engine/plan.js";
import type {Segmentation} from "../worker/protocol.js";

type Result = {readonly plan: Pick<Segmentation["plan"], "output">; readonly classes: readonly string[]};

/** The class that a channel of a layer is the map of; null where the layer has not one channel a class. */
export function classOfChannel({plan: {output}, classes}: Result, layer: string, channel: number): string | null {
  return layer === LOGITS || layer === output ? (classes[channel] ?? null) : null;
}

/** A channel as sentences name it: its number, and its class where it is the map of one. */
export function channelName(result: Result, layer: string, channel: number): string {
  const name = classOfChannel(result, layer, channel);
  return name === null ? String(channel) : `${channel} (${name})`;
}
