import {BACKEND_CHOICES} from "../../lab/network-parameters.js";
import {oneOf, text} from "../../lab/state.js";

/** The state table of the page of models. */
export const MODELS_TABLE = {
  /** Where times are measured. */
  backend: oneOf("backend", BACKEND_CHOICES, "auto"),
  /** Part of a class's name that is looked for in all models. */
  find: text("find", ""),
  order: oneOf("order", ["id", "name"], "id")
};

export type ModelsTable = typeof MODELS_TABLE;
