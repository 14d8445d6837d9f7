import {oneOf} from "../../../lab/state.js";

/** What the address says of the class maps; which class is the chosen pixel's matter. */
export const CLASS_TABLE = {
  classMap: oneOf("map", ["logit", "margin", "entropy"], "logit"),
  /** Whether the map is drawn smoothly between its cells, or each cell as it is. */
  grain: oneOf("grain", ["smooth", "cells"], "smooth")
};
