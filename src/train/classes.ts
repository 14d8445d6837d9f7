import type {Labels} from "../data/labels/index.js";
import {endPointOf} from "../engine/model.js";
import type {Model, Weight} from "../engine/model.js";
import type {Network} from "../engine/network.js";
import {smallestPlan, weightShapes} from "../engine/plan.js";
import {kernelDrawer} from "./new-values.js";

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

export interface Reclassed {
  readonly model: Model;
  /** Names of the weights with a value a class that are new, whole or in the rows of `added`; none where the model has these classes. */
  readonly fresh: readonly string[];
  /** Names of the classes whose values are the model's own. */
  readonly carried: readonly string[];
  /** Names of the classes whose values are new. */
  readonly added: readonly string[];
  /** Names of the weights of a decoder that is new; absent where none is. */
  readonly decoder?: readonly string[];
}

/**
 * A model for other classes. What gives the logits keeps the values of the classes that keep their name, in whatever place; those of the
 * others begin anew, kernels as small random numbers and biases as zero. The rest is kept.
 *
 * @param seed of the new kernels
 */
export function withNewClasses(model: Model, labels: Labels, seed: number): Reclassed {
  return remade(model, withClasses(model.network, labels.classes.length), labels, seed);
}

/**
 * The same without the model's decoder. Where ASPP gives as many channels as the decoder, what gives the logits is kept; else it begins
 * anew.
 *
 * @throws RangeError where the decoder gives the logits itself
 */
export function withoutDecoder(model: Model, labels: Labels, seed: number): Reclassed {
  if (model.network.head.logits === "decoder") {
    throw new RangeError("The decoder of this model gives the classes itself: it cannot be taken away.");
  }
  const network = withClasses(model.network, labels.classes.length);
  return remade(model, {...network, head: {...network.head, decoder: []}}, labels, seed);
}

/** A model of another network, whose weights a value a class have others. */
function remade(model: Model, network: Network, {classes, palette}: Labels, seed: number): Reclassed {
  const places = classes.map((name) => model.card.classes.findIndex((other) => alike(name, other)));
  const ofClasses = new Set(classWeightNames(network));
  const draw = kernelDrawer(seed);
  const fresh: string[] = [];
  let isCarried = true;
  const weights = Object.entries(weightShapes(network)).map(([name, shape]): [string, Weight] => {
    const before = model.weights[name]!;
    if (!ofClasses.has(name) && before.shape.join() === shape.join()) return [name, before];
    const values = shape.length === 1 ? new Float32Array(shape[0]!) : draw(shape);
    // Values a class stand side by side, last in the shape.
    if (before.shape.slice(0, -1).join() === shape.slice(0, -1).join() && before.shape.at(-1) === model.network.classes) {
      for (let i = 0; i < values.length; i++) {
        const place = places[i % classes.length]!;
        if (place >= 0) values[i] = before.values[Math.floor(i / classes.length) * model.network.classes + place]!;
      }
      if (places.includes(-1)) fresh.push(name);
    } else {
      isCarried = false;
      fresh.push(name);
    }
    return [name, {shape, values}];
  });
  const has = (_: string, index: number) => isCarried && places[index]! >= 0;
  return {
    model: {network, weights: Object.fromEntries(weights), card: {...model.card, classes, palette}},
    fresh,
    carried: classes.filter(has),
    added: classes.filter((name, index) => !has(name, index))
  };
}

function alike(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
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
