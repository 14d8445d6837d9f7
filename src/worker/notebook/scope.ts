import * as tf from "@tensorflow/tfjs-core";
import * as d3 from "d3";
import {engineNames} from "./engine-names.js";
import type {Surroundings} from "./engine-names.js";
import {Inputs} from "./inputs.js";
import {show, svg} from "./views.js";

/** All that cells have in scope besides each other's names, `display` and `view`. The same in the page's worker and in Node. */
export function scopeOf(surroundings: Surroundings) {
  return {...engineNames(surroundings), show, svg, Inputs, tf, d3};
}
