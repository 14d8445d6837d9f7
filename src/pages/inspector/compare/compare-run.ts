import type {Capabilities, RunChoice} from "../../../worker/protocol.js";
import type {EngineClient} from "../../../lab/engine-client.js";
import {modelUrl} from "../../../lab/model-list.js";
import {backendFor} from "../../../lab/network-parameters.js";
import {ratesThatFit, sizeOf} from "../../../lab/run-choice.js";
import {AS_A, OTHER_NAMES} from "./compare-state.js";
import type {InspectorState, Standing} from "../inspection.js";
import {changesInWords} from "../perturb/edit-text.js";

export type OtherState = Pick<InspectorState, (typeof OTHER_NAMES)[number]>;

/** Whether the state asks for anything that A might not be. */
export function asksForOther(state: OtherState): boolean {
  return state.otherRates.length > 0 || OTHER_NAMES.some((name) => name !== "otherRates" && state[name] !== AS_A);
}

/** Which run A is, and on what photo both are, as sentences: the mask above may be made of more than A, and the photo may be changed. */
export function aboutA({edits, result, refinement}: Pick<Standing, "edits" | "result" | "refinement">): string {
  const passes = result.averaged
    ? `one pass of the ${result.averaged.passes.length} that the run above averages, at scale 1`
    : "the run above";
  const run = `A is ${passes}${refinement ? ", before its CRF" : ""}.`;
  return edits.length > 0 ? `${run} A and B both get the photo ${changesInWords(edits)} (see “Change the photo”), not as it was.` : run;
}

/** Run B: A with what the state wants otherwise, on this machine. @throws Error with a sentence where its model cannot be had */
export async function otherRun(
  a: RunChoice,
  state: OtherState,
  capabilities: Capabilities,
  describe: EngineClient["describe"]
): Promise<RunChoice> {
  const {otherModel, otherBackend, otherStride, otherSize, otherRates, otherPrecision} = state;
  const {rates: ratesOfA, ...others} = a;
  const url = otherModel === AS_A ? a.modelUrl : modelUrl(otherModel);
  const rates = await ratesThatFit(url, otherRates.length > 0 ? otherRates : ratesOfA, describe);
  return {
    ...others,
    modelUrl: url,
    ...(otherBackend !== AS_A && {backend: backendFor(otherBackend, capabilities)}),
    ...(otherStride !== AS_A && {outputStride: otherStride}),
    ...(otherSize !== AS_A && {inputSize: sizeOf(otherSize)}),
    ...(otherPrecision !== AS_A && {precision: otherPrecision}),
    ...(rates && {rates})
  };
}
