import type {Weight} from "../engine/model.js";
import type {Step} from "../engine/plan.js";
import {orderOf, sameOrder} from "./channel-order.js";
import type {ChannelOrder} from "./channel-order.js";
import {foldSteps} from "./fold-steps.js";
import type {Part} from "./fold.js";
import type {FoldedGraph} from "./folded-graph.js";
import {isActivatedAlike, isAlike, weightsOf} from "./match-rules.js";

/** More turns than any graph of our families takes; only one made to confuse needs them. */
const MAXIMUM_TURNS = 100_000;

/** Every step of a plan found in a file. */
export interface Match {
  readonly matched: true;
  /** Name of the part that holds the value of each step; for the input, of what the graph is given. */
  readonly parts: ReadonlyMap<string, string>;
  /** Weights of the steps by canonical name. */
  readonly weights: Readonly<Record<string, Weight>>;
}

/** How far a plan and a file agree. */
export interface Miss {
  readonly matched: false;
  /** How many steps agree. */
  readonly reached: number;
  /** The first that does not. */
  readonly step: Step;
  /** What the file has in that step's place; empty where it has nothing. */
  readonly found: readonly Part[];
  /** Of these, the ones that differ in their activation alone. */
  readonly otherwiseActivated: readonly Part[];
}

interface Bound {
  readonly name: string;
  readonly order: ChannelOrder;
  readonly channels: number;
}

/**
 * Walks the steps of a plan and a folded graph together, from the input on: each step takes a part that reads what the steps
 * before it have taken and does what it says. Names in the file play no part. Where several parts would do, they are tried in
 * turn. Branches that the file joins in another order than ours are put in order, and with them the input channels of the layers
 * that read them.
 *
 * @param read end points that what comes after these steps reads, too
 */
export function match(plan: readonly Step[], graph: FoldedGraph, read: readonly string[] = []): Match | Miss {
  const {steps, standsFor} = foldSteps(plan, read);
  const bound = new Map<string, Bound>();
  const taken = new Set<string>();
  let miss: Miss = {matched: false, reached: 0, step: steps[1]!, found: [], otherwiseActivated: []};
  let turns = 0;

  /**
   * What is joined is of one size: where a file brings what has that size to it once more, as the release does with a decoder's skip, that
   * is nothing.
   */
  const inputsUnresized = ({op}: Step, part: Part, inputs: readonly Bound[]) =>
    op === "add" || op === "concat"
      ? part.inputs.map((input) => {
          const resize = graph.get(input);
          const isBound = (name: string) => inputs.some((bound) => bound.name === name);
          return !isBound(input) && resize?.op === "resize" && isBound(resize.inputs[0]!) ? resize.inputs[0]! : input;
        })
      : part.inputs;
  const inputsOf = (step: Step) => step.inputs.map((input) => bound.get(input)!);
  const matchFrom = (index: number): boolean => {
    const step = steps[index];
    if (!step) return true;
    const inputs = inputsOf(step);
    const readers = graph.readersOf(inputs[0]!.name).filter(({name}) => !taken.has(name));
    if (index > miss.reached) {
      const otherwiseActivated = readers.filter((part) => isAlike(step, part, graph) && !isActivatedAlike(step, part));
      miss = {matched: false, reached: index, step, found: readers, otherwiseActivated};
    }
    for (const part of readers) {
      if (++turns > MAXIMUM_TURNS) return false;
      if (!isAlike(step, part, graph) || !isActivatedAlike(step, part)) continue;
      const order = orderAfter(step, {...part, inputs: inputsUnresized(step, part, inputs)}, inputs);
      if (order === undefined) continue;
      bound.set(step.name, {name: part.name, order, channels: step.channels});
      taken.add(part.name);
      if (matchFrom(index + 1)) return true;
      taken.delete(part.name);
    }
    // A product spreads a single cell over a map by itself.
    if (step.op !== "upsample" || step.from[0]!.height !== 1) return false;
    bound.set(step.name, inputs[0]!);
    return matchFrom(index + 1);
  };
  const [input] = steps;
  const photo = photosOf(graph).find((name) => {
    bound.set(input!.name, {name, order: null, channels: input!.channels});
    return matchFrom(1);
  });
  if (photo === undefined) return miss;

  const weights: Record<string, Weight> = {};
  for (const step of steps) {
    const part = graph.get(bound.get(step.name)!.name);
    if (step.op === "input" || !part) continue;
    for (const [role, weight] of Object.entries(weightsOf(step, part, inputsOf(step)[0]!.order))) weights[`${step.name}/${role}`] = weight;
  }
  const parts = new Map(plan.map(({name}) => [name, bound.get(standsFor.get(name) ?? name)!.name]));
  return {matched: true, parts, weights};
}

/** What convolutions of three channels read: the photo, or what became of it in preprocessing. */
function photosOf({layers}: FoldedGraph): string[] {
  return [...new Set(layers.flatMap(({op, kernel, inputs}) => (op === "conv" && kernel.shape[2] === 3 ? inputs : [])))];
}

/** The order of a part's channels; undefined where it does not read what the step reads. */
function orderAfter(step: Step, part: Pick<Part, "inputs">, inputs: readonly Bound[]): ChannelOrder | undefined {
  const names = inputs.map(({name}) => name);
  if (part.inputs.toSorted().join("\n") !== names.toSorted().join("\n")) return undefined;
  const [{order}] = inputs as readonly [Bound];
  switch (step.op) {
    case "conv":
      return null;
    case "add":
    case "multiply":
      return inputs.every((input) => sameOrder(input.order, order)) ? order : undefined;
    case "concat": {
      const starts = new Map<string, number>();
      let start = 0;
      for (const name of part.inputs) {
        starts.set(name, start);
        start += inputs[names.indexOf(name)]!.channels;
      }
      return orderOf(inputs.map((input) => ({start: starts.get(input.name)!, channels: input.channels, order: input.order})));
    }
    default:
      return order;
  }
}
