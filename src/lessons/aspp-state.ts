import {runningBranches} from "../engine/aspp.js";
import type {RunningBranch} from "../engine/aspp.js";
import {MINIMUM_SIDE, plan} from "../engine/plan.js";
import type {WorkContext} from "../lab/lesson.js";
import {oneOf, range, words} from "../lab/state.js";
import type {SegmentOptions} from "../worker/protocol.js";
import {BUNDLED} from "./bundled-model.js";

/** The bundled model's branches: what they are called on the desk, their colours and, of the atrous ones, their rates at output stride 16. */
export const BRANCHES = [
  {name: "conv_1x1", title: "1 × 1", colour: "var(--rate-1)"},
  {name: "atrous_0", title: "atrous 1", colour: "var(--rate-6)", rate: "rate1"},
  {name: "atrous_1", title: "atrous 2", colour: "var(--rate-12)", rate: "rate2"},
  {name: "atrous_2", title: "atrous 3", colour: "var(--rate-18)", rate: "rate3"},
  {name: "image_pooling", title: "image pooling", colour: "var(--concept-pooling)"}
] as const;

export const BRANCH_NAMES = BRANCHES.map(({name}) => name as string);
export const OWN_RATES = {rate1: 6, rate2: 12, rate3: 18};

export const ASPP_TABLE = {
  rate1: range("r1", 1, 24, OWN_RATES.rate1),
  rate2: range("r2", 1, 24, OWN_RATES.rate2),
  rate3: range("r3", 1, 24, OWN_RATES.rate3),
  muted: words("mute", BRANCH_NAMES),
  outputStride: oneOf("os", [16, 8], 16),
  inputSize: oneOf("size", ["257", "385", "513"], "385"),
  /** The chosen point, in per mille of the photo. */
  x: range("x", 0, 1000, 430),
  y: range("y", 0, 1000, 400)
};
export type AsppTable = typeof ASPP_TABLE;

/** A title for each source that a branch's end point names. */
export function branchOf(endPoint: string): (typeof BRANCHES)[number] | undefined {
  return BRANCHES.find(({name}) => endPoint.startsWith(`aspp/${name}`));
}

/** How the bundled model is run as the state says, and the branches that it has. */
export async function asppRun({state, backend, engine}: WorkContext<AsppTable>): Promise<{options: SegmentOptions; branches: readonly RunningBranch[]}> {
  const {network} = await engine.describe(BUNDLED.url);
  // Names of end points do not depend on the size.
  const branches = runningBranches(plan(network, {height: MINIMUM_SIDE, width: MINIMUM_SIDE}));
  const muted = branches.filter(({name}) => state.muted.includes(name));
  const options: SegmentOptions = {
    modelUrl: BUNDLED.url,
    backend,
    outputStride: state.outputStride,
    inputSize: Number(state.inputSize),
    rates: [state.rate1, state.rate2, state.rate3],
    replaced: Object.fromEntries(muted.map(({endPoint}) => [endPoint, "zero" as const]))
  };
  return {options, branches};
}
