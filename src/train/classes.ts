import type {Labels} from "../data/labels/index.js";
import {endPointOf} from "../engine/model.js";
import type {Model, Weight} from "../engine/model.js";
import type {Network} from "../engine/network.js";
import {smallestPlan, weightShapes} from "../engine/plan.js";
import {pseudoRandom} from "../engine/seeded.js";

/** The same network for another number of classes. */
export function withClasses(network: Network, classes: number): Network {
  const {head} = network;
  // A decoder that gives the logits itself has a channel a class from the skip on.
  const decoder = head.logits === "decoder" ? head.decoder.with(-1, {...head.decoder.at(-1)!, lowLevelChannels: classes}) : head.decoder;
  return {...network, classes, head: {...head, decoder}};
}

/** Names of the weights that have a value a class. */
function classWeightNames(network: Network): string[] {
  const other = weightShapes(withClasses(network, network.classes + 1));
  return Object.entries(weightShapes(network)).flatMap(([name, shape]) => (shape.join() === other[name]!.join() ? [] : [name]));
}

/** Deviation of new kernels (the release's initialiser of its logits). */
const SPREAD = 0.01;

export interface Reclassed {
  readonly model: Model;
  /** Names of the weights that are new; none where the model has these classes already. */
  readonly fresh: readonly string[];
}

/**
 * A model for other classes: what gives the logits begins anew, kernels as small random numbers and biases as zero; the rest is kept.
 *
 * @param seed of the new kernels
 */
export function withNewClasses(model: Model, {classes, palette}: Labels, seed: number): Reclassed {
  if (classes.join("\n") === model.card.classes.join("\n")) return {model, fresh: []};
  const network = withClasses(model.network, classes.length);
  const fresh = classWeightNames(model.network);
  const next = pseudoRandom(seed);
  const shapes = weightShapes(network);
  const made = fresh.map((name): [string, Weight] => {
    const shape = shapes[name]!;
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
    // The sum of twelve uniform numbers less six is near enough to a normal one, and has no tails.
    if (shape.length > 1) values.forEach((_, i) => (values[i] = SPREAD * (Array.from({length: 12}, next).reduce((a, b) => a + b) - 6)));
    return [name, {shape, values}];
  });
  return {model: {network, weights: {...model.weights, ...Object.fromEntries(made)}, card: {...model.card, classes, palette}}, fresh};
}

/** What is held: the backbone, so that the head learns; everything but what gives the logits; or nothing. */
export type Frozen = "backbone" | "all but the logits" | "nothing";

/** The end points whose weights are held. */
export function frozenEndPoints(network: Network, frozen: Frozen): string[] {
  if (frozen === "nothing") return [];
  const {steps, features} = smallestPlan(network);
  const learning = new Set(classWeightNames(network).map(endPointOf));
  const held =
    frozen === "backbone"
      ? steps.slice(0, steps.findIndex(({name}) => name === features) + 1)
      : steps.filter(({name}) => !learning.has(name));
  return held.filter(({parameters}) => parameters > 0).map(({name}) => name);
}
