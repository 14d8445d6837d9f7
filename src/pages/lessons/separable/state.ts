import {oneOf, range} from "../../../lab/state.js";

/** Outputs that the sliding figure can draw, from 1; more would differ in nothing but their weights. */
export const SHOWN_OUTPUTS = [1, 2, 3, 4] as const;

/** Layers of the size that they have in DeepLab, by name. */
export const RACE_LAYERS = {
  "33 × 33 × 256": {size: 33, channels: 256, outputs: 256},
  "65 × 65 × 96": {size: 65, channels: 96, outputs: 96}
} as const;
export type RaceLayer = keyof typeof RACE_LAYERS;

const LARGEST_INPUT = 64;

export const SEPARABLE_TABLE = {
  size: range("size", 4, LARGEST_INPUT, 12),
  channels: range("channels", 1, 16, 3),
  kernelSize: oneOf("kernel", [1, 3, 5, 7], 5),
  outputs: range("outputs", 1, 512, 256),
  rate: range("rate", 1, 6, 1),
  /** The position that the reader chose; beyond the output it is its last one. */
  row: range("row", 0, LARGEST_INPUT - 1, 0),
  column: range("column", 0, LARGEST_INPUT - 1, 0),
  spelled: oneOf("spelled", [1, 2, 3], 1),
  shownOutput: oneOf("shown", SHOWN_OUTPUTS, 1),
  raceLayer: oneOf("race", Object.keys(RACE_LAYERS) as RaceLayer[], "33 × 33 × 256")
};
export type SeparableTable = typeof SEPARABLE_TABLE;
