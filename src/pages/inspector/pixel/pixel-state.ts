import {flag, oneOf, range, text} from "../../../lab/state.js";

/** What the address says of the chosen pixel and class. */
export const PIXEL_TABLE = {
  /** The chosen point in per mille of the photo; -1 for none. */
  x: range("x", -1, 1000, -1),
  y: range("y", -1, 1000, -1),
  /** Name of the class that is asked about; empty for the one that wins at the point. */
  about: text("class", ""),
  /** Whether the effective field is asked of the whole network or of it without image pooling. */
  field: oneOf("field", ["all", "local"], "all"),
  heat: flag("heat", true),
  taps: flag("taps", true)
};
