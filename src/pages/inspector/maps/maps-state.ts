import {flag, oneOf, range, text, words} from "../../../lab/state.js";

export const ORDERS = ["number", "mean", "variance", "zeros", "class", "channel"] as const;
export type Order = (typeof ORDERS)[number];
export const SCALES = ["shared", "own"] as const;
export type Scale = (typeof SCALES)[number];

/** Stands for no channel. */
export const NONE = -1;

/** What the address says of the feature maps. */
export const MAPS_TABLE = {
  /** The opened end point; empty for none. */
  layer: text("layer", ""),
  /** The chosen channel. */
  channel: range("channel", NONE, 99_999, NONE),
  order: oneOf<Order>("order", ORDERS, "number"),
  scale: oneOf<Scale>("scale", SCALES, "shared"),
  /** Whether the chosen channel lies over the photo instead of the mask. */
  over: flag("over", false),
  /** Whether the chosen channel is shown at every output stride. */
  strides: flag("strides", false),
  /** Channels kept for comparison, as `layer:channel`. */
  pins: words("pins")
};
