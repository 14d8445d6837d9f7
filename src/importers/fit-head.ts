import type {AsppBranch, DecoderConvolution} from "../engine/network.js";
import {RATES_OUTPUT_STRIDE} from "../engine/plan.js";
import {fitReduced} from "./fit-reduced.js";
import {isLayer} from "./fold.js";
import type {Layer, Part} from "./fold.js";
import {samplingOf} from "./fitted-head.js";
import type {FittedHead, FoundBackbone} from "./fitted-head.js";
import {isPointwise} from "./folded-graph.js";
import type {FoldedGraph} from "./folded-graph.js";

/**
 * Reads off a graph how wide a v3, v3+ or R-ASPP head is, with which branches and rates and how many decoder convolutions.
 *
 * @returns a description to be matched, or, where there is none, how far the graph is a DeepLab, as the end of a sentence
 */
export function fitHead(graph: FoldedGraph, backbone: FoundBackbone): FittedHead | string {
  const reduced = fitReduced(graph, backbone);
  if (reduced) return reduced;
  const aspp = fitAspp(graph, backbone);
  if (typeof aspp === "string") return aspp;
  const {branches, projection} = aspp;
  const joined = decoderInput(graph, projection);
  const convolutions: DecoderConvolution[] = [];
  for (let at = joined?.concat ?? projection.name; ;) {
    const next = graph.layersReading(at)[0];
    if (!next) return "a DeepLab up to its ASPP projection, but without a logits layer";
    if (isPointwise(next) && next.activation === "linear") {
      const lowLevelEndPoint = joined && backbone.endPointAt(joined.lowLevel.inputs[0]);
      if (joined && !lowLevelEndPoint) return "a DeepLab, but its decoder's skip reads no layer of the backbone";
      return {
        head: {
          aspp: {branches, projectionChannels: projection.bias.length, ...(!joined && convolutions.length > 0 && {convolutions})},
          decoder: joined
            ? [{lowLevelEndPoint: lowLevelEndPoint!, lowLevelChannels: joined.lowLevel.bias.length, merge: "concat", convolutions}]
            : [],
          logits: "conv",
          activation: projection.activation
        },
        classes: next.bias.length,
        ...samplingOf(graph, next.name, joined ? graph.get(joined.concat)!.inputs : [], backbone.isTorch)
      };
    }
    const conv = next.op === "depthwise" ? graph.layersReading(next.name).find(isPointwise) : next;
    if (!conv) return "a DeepLab up to its ASPP projection, but what follows is neither logits nor the v3+ decoder";
    convolutions.push({name: `conv_${convolutions.length}`, channels: conv.bias.length, separable: next.op === "depthwise"});
    at = conv.name;
  }
}

type BranchFacts =
  | {readonly kind: "image_pooling" | "conv_1x1"; readonly channels: number}
  | {readonly kind: "atrous"; readonly channels: number; readonly rate: number; readonly separable: boolean};

const BRANCH_ORDER = ["image_pooling", "conv_1x1", "atrous"] as const;

function fitAspp(
  graph: FoldedGraph,
  {family, features, outputStride}: FoundBackbone
): {branches: AsppBranch[]; projection: Layer} | string {
  for (const concat of graph.parts) {
    if (concat.op !== "concat") continue;
    const found = concat.inputs.map((input) => branchEndingIn(graph, input, features));
    if (!found.every((branch) => branch !== null)) continue;
    const projection = graph.layersReading(concat.name).find(isPointwise);
    if (!projection) break;
    const ordered = BRANCH_ORDER.flatMap((kind) => found.filter((branch) => branch.kind === kind));
    if (BRANCH_ORDER.some((kind) => kind !== "atrous" && ordered.filter((branch) => branch.kind === kind).length > 1)) {
      return "a DeepLab, but its ASPP has two branches of a kind that is known once";
    }
    let atrous = 0;
    const branches: AsppBranch[] = [];
    for (const branch of ordered) {
      if (branch.kind !== "atrous") {
        branches.push({...branch, name: branch.kind});
        continue;
      }
      const rate = (branch.rate * outputStride) / RATES_OUTPUT_STRIDE;
      if (!Number.isInteger(rate)) {
        return `a DeepLab exported at output stride ${outputStride}, whose ASPP rate of ${branch.rate} is no whole number at output stride ${RATES_OUTPUT_STRIDE}`;
      }
      branches.push({...branch, rate, name: `atrous_${atrous++}`});
    }
    return {branches, projection};
  }
  const unknown = [...graph.after(features)].find((part) => part.op === "other");
  return `a ${family}, but no ASPP projection or logits layer after it${unknown ? `: ${unknown.what} is not known here` : ""}`;
}

/** The ASPP branch between the features and an input of the concatenation. */
function branchEndingIn(graph: FoldedGraph, input: string, features: string): BranchFacts | null {
  const conv = graph.behindResize(input);
  if (!conv || !isLayer(conv) || conv.op !== "conv") return null;
  const channels = conv.bias.length;
  const [source] = conv.inputs;
  if (source === features) {
    if (isPointwise(conv)) return {kind: "conv_1x1", channels};
    return conv.kernel.shape[0] === 3 ? {kind: "atrous", channels, rate: conv.rate, separable: false} : null;
  }
  const before = graph.get(source);
  if (!isPointwise(conv) || before?.inputs[0] !== features) return null;
  if (before.op === "mean" || before.op === "pool") return {kind: "image_pooling", channels};
  return before.op === "depthwise" ? {kind: "atrous", channels, rate: before.rate, separable: true} : null;
}

/** The concatenation of what the projection gives, enlarged, and a low-level skip. */
function decoderInput(graph: FoldedGraph, projection: Layer): {concat: string; lowLevel: Layer} | null {
  for (const concat of graph.parts) {
    if (concat.op !== "concat" || concat.inputs.length !== 2) continue;
    const sources = concat.inputs.map((input): Part | undefined => graph.behindResize(input));
    const up = sources.indexOf(projection);
    const lowLevel = sources[1 - up];
    if (up >= 0 && lowLevel && isLayer(lowLevel)) return {concat: concat.name, lowLevel};
  }
  return null;
}
