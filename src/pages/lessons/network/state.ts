import {RELEASED_CRF} from "../../../engine/crf/options.js";
import {VERSIONS, lineage} from "../../../engine/teaching/lineage.js";
import type {Version} from "../../../engine/teaching/lineage.js";
import type {Network} from "../../../engine/network.js";
import {MINIMUM_SIDE, ownRates, plan, smallestPlan} from "../../../engine/plan.js";
import type {OutputStride, Plan, Step} from "../../../engine/plan.js";
import type {Lesson} from "../../../lab/lesson.js";
import type {LessonState} from "../../../lab/lesson-table.js";
import {partsOf} from "../../../lab/network-parts.js";
import {oneOf, range, text} from "../../../lab/state.js";
import {BUNDLED, LIKE_BUNDLED} from "../bundled-model.js";

/** Whose weights the page has, and whose head it may show on the same backbone. */
export const OWN = "own";
/** Versions that a CRF followed. */
export const CRF_VERSIONS = ["v1", "v2"] as const satisfies readonly Version[];
/**
 * Stands for the channel with the largest value, and for the row and the column of its largest value. Of the scores it is the class that
 * takes most of the picture besides the background: that one's value is the largest of all on most photos.
 */
export const STRONGEST = -1;
/** What lies inside each other, from the whole to one value. */
export const LEVELS = ["network", "layer", "channel", "cell"] as const;
const SIZES = [257, 385, 513] as const;

/** Layers worth looking at, by their end points. */
export const LAYERS = (() => {
  const {network, branches, skips} = LIKE_BUNDLED;
  const {units} = plan(network, {height: MINIMUM_SIDE, width: MINIMUM_SIDE, outputStride: 8});
  const largest = Math.max(...units.map(({rate}) => rate));
  return {
    middleBranch: branches.filter(({kind}) => kind === "atrous")[1]!.endPoint,
    /** What carries the rate of the first unit at the largest one, once output stride 8 has made strides into rates. */
    atLargestRate: units.find(({rate}) => rate === largest)!.carrier,
    widestOfV2: smallestPlan(lineage("v2", network)).branches.at(-1)!.endPoint,
    skip: skips[0]!.endPoint
  };
})();

export function networkTable(models: readonly string[]) {
  return {
    // A whole v3+, where it is there.
    model: oneOf<string>("model", models, models.includes(BUNDLED.id) ? BUNDLED.id : models[0]!),
    version: oneOf("version", [OWN, ...VERSIONS], OWN),
    outputStride: oneOf<OutputStride>("os", [8, 16, 32], 16),
    inputSize: oneOf<(typeof SIZES)[number]>("size", SIZES, 513),
    rate1: range("rate1", 1, 24, 6),
    rate2: range("rate2", 1, 24, 12),
    rate3: range("rate3", 1, 24, 18),
    crfIterations: range("crf-iterations", 0, RELEASED_CRF.iterations, RELEASED_CRF.iterations),
    detail: oneOf("detail", ["blocks", "layers"], "blocks"),
    layer: text("layer", LAYERS.middleBranch),
    channel: range("channel", STRONGEST, 9999, STRONGEST),
    zoom: {...oneOf("zoom", LEVELS, "network"), step: true},
    row: range("row", STRONGEST, 9999, STRONGEST),
    column: range("column", STRONGEST, 9999, STRONGEST),
    // The stop of the walk; 0 where none is on.
    walk: {...range("walk", 0, 99, 0), step: true}
  };
}
export type NetworkTable = ReturnType<typeof networkTable>;
export type NetworkPage = Lesson<NetworkTable>;
export type NetworkState = LessonState<NetworkTable>;

/** The network that the state asks for, on the model's backbone. */
export function shownNetwork(own: Network, version: NetworkState["version"]): Network {
  return version === OWN ? own : lineage(version, own);
}

/** The sliders' rates, where the network has the three branches that they are for. */
export function shownRates(network: Network, {rate1, rate2, rate3}: NetworkState): number[] | undefined {
  return ownRates(network).length === 3 ? [rate1, rate2, rate3] : undefined;
}

/** The plan of the network on a square input. */
export function shownPlan(own: Network, state: NetworkState): Plan {
  const network = shownNetwork(own, state.version);
  const {inputSize, outputStride} = state;
  const rates = shownRates(network, state);
  return plan(network, {height: inputSize, width: inputSize, outputStride, ...(rates && {rates})});
}

/** The step that the state names, or the one that takes its place in this network. */
export function chosenStep({steps, encoded}: Plan, layer: string): Step {
  const parent = layer.slice(0, Math.max(0, layer.lastIndexOf("/")));
  return (
    steps.find(({name}) => name === layer) ??
    steps.findLast(({name}) => name.startsWith(`${layer}/`)) ??
    steps.find(({name}) => name === parent) ??
    steps.find(({name}) => name === encoded) ??
    steps.at(-1)!
  );
}

/** Whether each layer of a plan has weights: the heads of the papers have none here, the model's backbone does. */
export function trainedIn(plan: Plan, {version}: NetworkState): (name: string) => boolean {
  const part = partsOf(plan);
  return (name) => version === OWN || ["input", "backbone"].includes(part(name));
}

/** What the workbench's inspector takes over from this page. @param own the chosen model's description; null before it is here */
export function insideValues(state: NetworkState, own: Network | null): Record<string, string | number | undefined> {
  const {model, outputStride, inputSize, layer, channel} = state;
  const rates = own && shownRates(own, state)?.join();
  // A paper's head is not run in the workbench: there the model's own layer takes its place.
  const step = own ? chosenStep(plan(own, {height: inputSize, width: inputSize, outputStride}), layer).name : layer;
  return {
    model,
    os: outputStride,
    size: inputSize,
    ...(own && rates && rates !== ownRates(own).join() && {rates}),
    layer: step,
    ...(step === layer && channel !== STRONGEST && {channel})
  };
}
