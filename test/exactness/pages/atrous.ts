/** Runs inside Chromium: the tiny network of the atrous tests. */
import type {PlanOptions} from "../../../src/engine/plan.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {randomWeights} from "../../engine/networks.js";
import {tiny} from "../tiny.js";
import {activations} from "./activations.js";

/** Runs the tiny network on a backend and gives the values of the taps asked for. */
export function tinyTaps(backend: BackendId, options: PlanOptions, input: number[], taps: string[]): Promise<number[][]> {
  return activations({network: tiny, weights: randomWeights(tiny)}, backend, options, input, taps);
}
