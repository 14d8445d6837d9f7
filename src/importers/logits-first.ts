import {isLayer} from "./fold.js";
import type {Part} from "./fold.js";
import {FoldedGraph, isPointwise} from "./folded-graph.js";

/**
 * The parts of a graph with its last 1x1 convolution before the enlargement that it alone reads, instead of behind it: an enlarged cell is
 * a mean of cells with weights that sum to one, so that both orders say the same, and logits are cheaper to enlarge than what gives them.
 */
export function withLogitsFirst(parts: ReadonlyMap<string, Part>): ReadonlyMap<string, Part> {
  const graph = new FoldedGraph(parts);
  const joins = (part: Part) => isLayer(part) || part.op === "add" || part.op === "multiply" || part.op === "concat";
  const logits = graph.layers.find((layer) => {
    const resize = graph.get(layer.inputs[0]);
    const isLast = isPointwise(layer) && layer.stride === 1 && layer.activation === "linear" && ![...graph.after(layer.name)].some(joins);
    return isLast && resize?.op === "resize" && graph.readersOf(resize.name).length === 1;
  });
  const resize = logits && graph.get(logits.inputs[0]);
  if (!logits || resize?.op !== "resize") return parts;
  const swapped = new Map<string, Part>([
    [resize.name, {...logits, name: resize.name, inputs: [resize.inputs[0]!]}],
    [logits.name, {...resize, name: logits.name, inputs: [resize.name]}]
  ]);
  return new Map([...parts].map(([name, part]) => [name, swapped.get(name) ?? part]));
}
