import type {RunningBranch} from "../../../engine/head.js";
import {smallestPlan} from "../../../engine/plan.js";
import type {WorkContext} from "../../../lab/lesson.js";
import {sourceLook} from "../../../lab/source-look.js";
import {oneOf, range, words} from "../../../lab/state.js";
import type {SegmentOptions} from "../../../worker/protocol.js";
import {BUNDLED} from "../bundled-model.js";

/** The bundled model's branches: what they are called on the desk, their colours and, of the atrous ones, their rates at output stride 16. */
export const BRANCHES = [
  {name: "conv_1x1", ...sourceLook("aspp/conv_1x1")},
  {name: "atrous_0", ...sourceLook("aspp/atrous_0"), rate: "rate1"},
  {name: "atrous_1", ...sourceLook("aspp/atrous_1"), rate: "rate2"},
  {name: "atrous_2", ...sourceLook("aspp/atrous_2"), rate: "rate3"},
  {name: "image_pooling", ...sourceLook("aspp/image_pooling")}
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

/** How the bundled model is run as the state says, the branches that it has, and the end points of those that are muted. */
export async function asppRun({
  state,
  backend,
  engine
}: WorkContext<AsppTable>): Promise<{options: SegmentOptions; branches: readonly RunningBranch[]; muted: readonly string[]}> {
  const {network} = await engine.describe(BUNDLED.url);
  // Names of end points do not depend on the size.
  const {branches} = smallestPlan(network);
  const muted = branches.filter(({name}) => state.muted.includes(name)).map(({endPoint}) => endPoint);
  const options: SegmentOptions = {
    modelUrl: BUNDLED.url,
    backend,
    outputStride: state.outputStride,
    inputSize: Number(state.inputSize),
    rates: [state.rate1, state.rate2, state.rate3],
    replaced: Object.fromEntries(muted.map((endPoint) => [endPoint, "zero" as const]))
  };
  return {options, branches, muted};
}
