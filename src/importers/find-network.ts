import type {Normalisation, PreprocessingId} from "../engine/backbones/normalise.js";
import type {Weight} from "../engine/model.js";
import type {Network} from "../engine/network.js";
import {INPUT, LOGITS, OUTPUT_STRIDES, plan} from "../engine/plan.js";
import type {Step} from "../engine/plan.js";
import {FAMILIES} from "./families.js";
import type {Family, FamilyBackbone} from "./families.js";
import {fitHead} from "./fit-head.js";
import type {FoundBackbone} from "./fitted-head.js";
import type {Part} from "./fold.js";
import {FoldedGraph} from "./folded-graph.js";
import {partInWords, stepInWords} from "./in-words.js";
import {withLogitsFirst} from "./logits-first.js";
import {match} from "./match.js";
import type {Match, Miss} from "./match.js";
import {NotDeepLabError, WHAT_IS_READ} from "./recognise.js";
import {checkEnlargement, preparationIn} from "./surroundings.js";

/** Any size at which no map shrinks to a single cell or to less than a gate's window: steps are compared, not sizes. */
const SIZE = {height: 1025, width: 1025};

export interface FoundNetwork {
  readonly network: Network;
  /** Weights by canonical name. */
  readonly weights: Readonly<Record<string, Weight>>;
  /** How the graph prepares a photo of bytes; null where it is given a prepared one. */
  readonly preparation: Normalisation | null;
  /** How its family's photos are usually prepared. */
  readonly usual: PreprocessingId;
}

/** How far a candidate and the file agree. */
interface Attempt {
  readonly family: Family;
  readonly steps: readonly Step[];
  readonly miss: Miss;
}

/**
 * Finds the network that a folded graph holds: every backbone that is known is matched with it, at every output stride that a
 * file is exported with, then a head is fitted and the whole matched, step by step.
 *
 * @param families that it may be of; all that are known by default
 * @throws NotDeepLabError saying which family came furthest, at which layer they part, what was expected and what was found
 */
export function findNetwork(parts: ReadonlyMap<string, Part>, families: readonly Family[] = FAMILIES): FoundNetwork {
  const graph = new FoldedGraph(withLogitsFirst(parts));
  const refuse = (why: string) => new NotDeepLabError(`${graph.summary}${why}. ${WHAT_IS_READ}`);
  let furthest: Attempt | null = null;
  for (const {family, outputStride, steps, skips, isTorch = false, ...backbone} of candidates(graph, families)) {
    const matched = match(steps, graph, skips);
    if (!matched.matched) {
      if (!furthest || matched.reached > furthest.miss.reached) furthest = {family, steps, miss: matched};
      continue;
    }
    const head = fitHead(graph, foundBackbone(family, steps, matched, {outputStride, isTorch}));
    if (typeof head === "string") throw refuse(`: ${head}`);
    const network: Network = {...backbone, ...head};
    const {steps: all, output} = plan(network, {...SIZE, outputStride});
    let whole = match(all, graph);
    // A file may end in the logits that its network enlarges.
    if (!whole.matched && whole.step.name === output && !whole.found.some(({op}) => op === "resize"))
      whole = match(all.slice(0, -1), graph);
    if (!whole.matched) throw refuse(`: a DeepLab on ${family.name}, but ${parting(whole)}`);
    checkEnlargement(graph, whole.parts.get(LOGITS)!, network.sampling);
    const preparation = preparationIn(graph, whole.parts.get(INPUT)!);
    return {network, weights: whole.weights, preparation, usual: isTorch ? "imagenet" : "plus-minus-one"};
  }
  if (!furthest || furthest.miss.reached <= 1) throw refuse(withoutStem(graph, furthest));
  throw refuse(`, but ${notTheBackbone(furthest)}`);
}

/** The steps of a backbone alone. */
function backboneSteps(backbone: FamilyBackbone, outputStride: number): readonly Step[] {
  const head: Network["head"] = {
    aspp: {branches: [{kind: "conv_1x1", name: "conv_1x1", channels: 1}], projectionChannels: null},
    decoder: [],
    logits: "conv",
    activation: "linear"
  };
  const {steps, features} = plan({...backbone, head, classes: 1}, {...SIZE, outputStride});
  return steps.slice(0, steps.findIndex(({name}) => name === features) + 1);
}

interface Candidate extends FamilyBackbone {
  readonly family: Family;
  readonly outputStride: number;
  /** Those of the backbone alone. */
  readonly steps: readonly Step[];
  /** What a decoder reads of it. */
  readonly skips: readonly string[];
}

function* candidates(graph: FoldedGraph, families: readonly Family[]): Generator<Candidate> {
  for (const family of families) {
    for (const candidate of family.backbones(graph)) {
      for (const outputStride of OUTPUT_STRIDES) {
        const steps = backboneSteps(candidate, outputStride);
        for (const skips of skipsOf(candidate, steps)) yield {...candidate, family, outputStride, steps, skips};
      }
    }
  }
}

/** No skip at all, or one of those that change what a file's backbone looks like, because nothing else but an activation reads them. */
function skipsOf({backbone}: FamilyBackbone, steps: readonly Step[]): string[][] {
  const activated = new Set(steps.flatMap(({op, inputs}) => (op === "affine" ? inputs : [])));
  const skips = Object.values(backbone.skips).map((name) => `backbone/${name}`);
  return [[], ...skips.filter((name) => activated.has(name)).map((name) => [name])];
}

function foundBackbone(
  {name: family}: Family,
  steps: readonly Step[],
  {parts}: Match,
  facts: Pick<FoundBackbone, "outputStride" | "isTorch">
): FoundBackbone {
  const endPoints = new Map([...parts].map(([step, part]) => [part, step.replace("backbone/", "")]));
  return {...facts, family, features: parts.get(steps.at(-1)!.name)!, endPointAt: (part: string) => endPoints.get(part)};
}

function withoutStem(graph: FoldedGraph, furthest: Attempt | null): string {
  if (graph.layers.length === 0) return "";
  if (!furthest || furthest.miss.found.length === 0) return ", none of them a 3x3 convolution of a photo with three channels";
  return `, but ${parting(furthest.miss)}`;
}

function notTheBackbone({family, steps, miss}: Attempt): string {
  const {called, prefix} = family.units;
  const unitOf = ({name}: Step) => new RegExp(`^backbone/(${prefix}[^/]*)`).exec(name)?.[1];
  const all = new Set(steps.flatMap((step) => unitOf(step) ?? []));
  const incomplete = new Set(steps.slice(steps.findIndex(({name}) => name === miss.step.name)).flatMap((step) => unitOf(step) ?? []));
  const [other] = miss.otherwiseActivated;
  if (other) {
    const found = "activation" in other ? other.activation : "linear";
    return `the backbone of this network mixes activations (${miss.step.activation} before, ${found} at "${miss.step.name}"), which ${family.name} does not`;
  }
  return `its backbone is not ${family.name}: only ${all.size - incomplete.size} of ${all.size} ${called} were found; ${parting(miss)}`;
}

/** The place at which a description and a file part. */
function parting({step, found}: Miss): string {
  const there = [...new Set(found.map(partInWords))];
  return `at "${step.name}" it should have ${stepInWords(step)}, and has ${there.length > 0 ? there.join("; ") : "nothing"}`;
}
