import {gatedHead} from "../engine/heads.js";
import type {Gate} from "../engine/network.js";
import {samplingOf} from "./fitted-head.js";
import type {FittedHead, FoundBackbone} from "./fitted-head.js";
import {isLayer} from "./fold.js";
import type {Layer, Part} from "./fold.js";
import {isPointwise} from "./folded-graph.js";
import type {FoldedGraph} from "./folded-graph.js";

/** Reads off a graph how an R-ASPP head (MobileNetV3, section 6.4) is made: a 1x1, a gate and a sum with a skip; null where it has none. */
export function fitReduced(graph: FoldedGraph, backbone: FoundBackbone): FittedHead | null {
  const gated = gatedBranch(graph, backbone);
  if (!gated) return null;
  for (const sum of graph.parts) {
    if (sum.op !== "add" || sum.inputs.length !== 2) continue;
    const layers = sum.inputs.map((input) => graph.behindResize(input)).filter((part) => part !== undefined && isLayer(part));
    const deep = layers.find((layer) => graph.behindResize(layer.inputs[0]) === gated.product);
    const lowLevel = layers.find((layer) => layer !== deep);
    const lowLevelEndPoint = lowLevel && backbone.endPointAt(lowLevel.inputs[0]);
    if (!deep || !lowLevelEndPoint) continue;
    const {length: classes} = lowLevel.bias;
    const {branch, gate} = gated;
    return {
      head: gatedHead({channels: branch.bias.length, lowLevelEndPoint, classes, gate, activation: branch.activation}),
      classes,
      ...samplingOf(graph, sum.name, [...sum.inputs, ...deep.inputs], backbone.isTorch)
    };
  }
  return null;
}

interface GatedBranch {
  readonly product: Part;
  readonly branch: Layer;
  readonly gate: Gate;
}

function gatedBranch(graph: FoldedGraph, {features, outputStride}: FoundBackbone): GatedBranch | null {
  for (const product of graph.parts) {
    if (product.op !== "multiply") continue;
    const layers = product.inputs.map((input) => graph.behindResize(input)).filter((part) => part !== undefined && isLayer(part));
    const branch = layers.find((layer) => isPointwise(layer) && layer.inputs[0] === features);
    const opened = layers.find((layer) => isPointwise(layer) && layer !== branch);
    const pooled = opened && graph.get(opened.inputs[0]);
    if (!branch || !opened || pooled?.inputs[0] !== features) continue;
    const pool = poolOf(pooled, outputStride);
    if (pool)
      return {
        product,
        branch,
        gate: {...pool, activation: opened.activation, ...(opened.bias.every((value) => value === 0) && {bias: false})}
      };
  }
  return null;
}

function poolOf(part: Part, outputStride: number): Pick<Gate, "window" | "stride"> | null {
  if (part.op === "mean") return {window: "all", stride: [1, 1]};
  if (part.op !== "pool" || part.kind !== "mean") return null;
  const [rows, columns] = part.window;
  return rows === columns ? {window: (rows - 1) * outputStride + 1, stride: part.stride} : null;
}
