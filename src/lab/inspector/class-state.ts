import {oneOf} from "../state.js";

/** What the address says of the class maps; which class is the chosen pixel's matter. */
export const CLASS_TABLE = {
  classMap: oneOf("map", ["logit", "margin", "entropy"], "logit")
};
