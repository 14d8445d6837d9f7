import {channelOf} from "../../../components/maps/feature-maps.js";
import type {Step} from "../../../engine/plan.js";
import type {Place} from "../../../engine/steps/kind.js";
import type {Reading} from "../../../worker/inspections/activations.js";
import type {Making} from "../../../worker/inspections/making.js";
import {STRONGEST} from "./state.js";
import type {NetworkState} from "./state.js";

/** What the reader looks into, on the photo. */
export interface Opened {
  /** Of the run and the layer: as long as it is the same, the reading is. */
  readonly key: string;
  readonly photo: object;
  /** As the diagram has it; the photo's own is as large as the reading. */
  readonly step: Step;
  readonly reading: Reading;
  /** A channel as sentences name it. */
  nameOf(channel: number): string;
  /** What one value is made of, once the reader has come so far; with its place. */
  readonly making: (Making & {readonly at: Place}) | null;
}

/** The place that the state means on a layer, inside of it. */
export function placeIn(reading: Reading, {channel, row, column}: NetworkState): Place {
  const {channels, height, width, statistics} = reading;
  const own = channel === STRONGEST ? largest(statistics.high) : Math.min(channel, channels - 1);
  if (row !== STRONGEST && column !== STRONGEST) return {channel: own, row: Math.min(row, height - 1), column: Math.min(column, width - 1)};
  const cell = largest(channelOf(reading, own));
  return {channel: own, row: Math.floor(cell / width), column: cell % width};
}

function largest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}
