import type {RunningBranch} from "../../../engine/head.js";
import {ownRates, smallestPlan} from "../../../engine/plan.js";
import type {WorkContext} from "../../../lab/lesson.js";
import {sourceLooks} from "../../../lab/source-look.js";
import type {SourceLook} from "../../../lab/source-look.js";
import {oneOf, range, words} from "../../../lab/state.js";
import type {SegmentOptions} from "../../../worker/protocol.js";
import {BUNDLED, LIKE_BUNDLED} from "../bundled-model.js";

const RATES = ["rate1", "rate2", "rate3"] as const;

export interface DeskBranch extends SourceLook {
  readonly name: string;
  readonly kind: RunningBranch["kind"];
  /** Of an atrous branch: which parameter is its rate at output stride 16. */
  readonly rate: (typeof RATES)[number] | null;
}

/** The bundled model's branches as they stand on the desk: image pooling, which is no convolution, last. */
export const BRANCHES: readonly DeskBranch[] = (() => {
  const {branches} = LIKE_BUNDLED;
  const look = sourceLooks(LIKE_BUNDLED);
  const atrous = branches.filter(({kind}) => kind === "atrous");
  const made = branches.map((branch) => ({
    name: branch.name,
    kind: branch.kind,
    ...look(branch.endPoint),
    rate: RATES[atrous.indexOf(branch)] ?? null
  }));
  return [...made.filter(({kind}) => kind !== "image_pooling"), ...made.filter(({kind}) => kind === "image_pooling")];
})();

export const BRANCH_NAMES = BRANCHES.map(({name}) => name);
const [rate1, rate2, rate3] = ownRates(LIKE_BUNDLED.network) as [number, number, number];
export const OWN_RATES = {rate1, rate2, rate3};

export const ASPP_TABLE = {
  rate1: range("r1", 1, 24, OWN_RATES.rate1),
  rate2: range("r2", 1, 24, OWN_RATES.rate2),
  rate3: range("r3", 1, 24, OWN_RATES.rate3),
  muted: words("mute", BRANCH_NAMES),
  outputStride: oneOf("os", [16, 8], 16),
  inputSize: oneOf("size", ["257", "385", "513"], "513"),
  /** The chosen point, in per mille of the photo. Where the page opens four of nine taps of rate 18 lie on the map: no place has more. */
  x: range("x", 0, 1000, 840),
  y: range("y", 0, 1000, 240)
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
