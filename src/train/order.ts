import {pseudoRandom} from "../engine/seeded.js";

/**
 * Chance without a state: what is drawn for a step follows from the seed and the step's number, so that a training that goes on draws what
 * it would have drawn.
 */

/** Numbers in [0, 1) for one use, which whole numbers name, e.g. a step and a place in its batch. */
export function chanceFor(seed: number, ...use: readonly number[]): () => number {
  // Each number goes through the generator, so that neighbours have nothing in common.
  return pseudoRandom(use.reduce((state, number) => Math.floor(pseudoRandom(state ^ Math.imul(number + 1, 0x9e3779b1))() * 2 ** 32), seed));
}

/** The order of the photos in one of the rounds in which each is seen once. */
function orderOf(seed: number, round: number, count: number): number[] {
  const next = chanceFor(seed, -1, round);
  const order = Array.from({length: count}, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** The photos of a step's batch, of so many; each is seen once before any is seen again. */
export function batchAt(seed: number, step: number, batch: number, count: number): number[] {
  const orders = new Map<number, readonly number[]>();
  return Array.from({length: batch}, (_, place) => {
    const position = step * batch + place;
    const round = Math.floor(position / count);
    if (!orders.has(round)) orders.set(round, orderOf(seed, round, count));
    return orders.get(round)![position % count]!;
  });
}
