import {oneOf, range, text, words} from "../state.js";

export const SORTS = ["number", "mean", "variance", "sparsity", "class", "channel"] as const;

/** What the address says of the feature maps. */
export const MAPS_TABLE = {
  /** The opened end point; empty for none. */
  layer: text("layer", ""),
  /** The chosen channel; -1 for none. */
  channel: range("channel", -1, 9999, -1),
  sort: oneOf("sort", SORTS, "number"),
  scale: oneOf("scale", ["shared", "own"], "shared"),
  /** Channels kept for comparison, as `layer:channel`. */
  pins: words("pins")
};
