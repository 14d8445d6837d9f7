import {endPointOf} from "../../engine/model.js";
import type {LayerNorm} from "../../components/training/gradient-norms.js";

/** So many bars are legible. */
const LEGIBLE = 24;

/**
 * Lengths of the gradients of layers, of those of their weights: a kernel and its bias are one. Where there are too many layers to see,
 * those of a unit are one, too.
 *
 * @param norms of each weight, by its name, in the order in which they run
 */
export function layerNorms(norms: Readonly<Record<string, number>>): LayerNorm[] {
  const layers = grouped(norms, endPointOf);
  return layers.length <= LEGIBLE ? layers : grouped(norms, (name) => endPointOf(name).split("/").slice(0, 2).join("/"));
}

function grouped(norms: Readonly<Record<string, number>>, nameOf: (weight: string) => string): LayerNorm[] {
  const squares = new Map<string, number>();
  for (const [weight, norm] of Object.entries(norms)) {
    const name = nameOf(weight);
    squares.set(name, (squares.get(name) ?? 0) + norm ** 2);
  }
  return Array.from(squares, ([name, square]) => ({name, norm: Math.sqrt(square)}));
}
