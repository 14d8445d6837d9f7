import {channelOf} from "../../../components/maps/feature-maps.js";
import {BACKGROUND} from "../../../data/labels/index.js";
import {largestClass} from "../../../engine/labels/class-maps.js";
import type {LargestClass} from "../../../engine/labels/class-maps.js";
import type {Labels} from "../../../data/labels/index.js";
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
  /** Whose scores the channels are; null where they are no scores. */
  readonly scores: Scores | null;
  /** What one value is made of, once the reader has come so far; with its place. */
  readonly making: (Making & {readonly at: Place}) | null;
}

/** The classes of a layer that has a score for each at every cell. */
export interface Scores extends Labels {
  /** What takes most of the picture besides the background. */
  readonly thing: LargestClass;
}

/** The scores that a layer holds for the classes of a model. */
export function scoresOf({height, width, channels, values}: Reading, {classes, palette}: Labels): Scores {
  const background = classes.indexOf(BACKGROUND);
  return {classes, palette, thing: largestClass({height, width, classes: channels, values}, background < 0 ? null : background)};
}

/** The place that the state means on a layer, inside of it. Of scores the strongest is where the largest thing is. */
export function placeIn(
  {reading, scores}: Pick<Opened, "reading" | "scores">,
  {channel, row, column}: Pick<NetworkState, "channel" | "row" | "column">
): Place {
  const {channels, height, width, statistics} = reading;
  const own = channel === STRONGEST ? (scores?.thing.id ?? largest(statistics.high)) : Math.min(channel, channels - 1);
  if (row !== STRONGEST && column !== STRONGEST) return {channel: own, row: Math.min(row, height - 1), column: Math.min(column, width - 1)};
  if (scores && own === scores.thing.id) return {channel: own, row: scores.thing.row, column: scores.thing.column};
  const cell = largest(channelOf(reading, own));
  return {channel: own, row: Math.floor(cell / width), column: cell % width};
}

function largest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}
