import {BACKGROUND} from "../data/labels/index.js";
import {cost} from "../engine/cost.js";
import type {Model, ModelFacts} from "../engine/model.js";
import type {Aspp, AsppBranch, Backbone, DecoderStage, Network} from "../engine/network.js";
import {plan} from "../engine/plan.js";
import {preprocessingInWords} from "./preprocessing.js";
import {BACKBONE_NAMES} from "./recognise.js";

/** The run that models are compared by. */
const COMPARED = {height: 513, width: 513, outputStride: 16};

/** What is told of a model whose file has so many bytes. */
export function modelFacts({network, weights, card}: Model, bytes: number): ModelFacts {
  const {classes, palette, license, source, measured} = card;
  const {multiplyAdds, parameters} = cost(plan(network, COMPARED));
  return {
    bytes,
    classes,
    palette,
    license,
    source,
    measured,
    backbone: backboneInWords(network.backbone),
    head: headInWords(network),
    preprocessing: preprocessingInWords({weights}),
    hasDecoder: network.head.decoder.length > 0,
    lacks: lacks(network, classes),
    multiplyAdds,
    parameters
  };
}

/** E.g. "MobileNetV2, width 0.5". */
function backboneInWords({family, options}: Backbone): string {
  return [BACKBONE_NAMES[family] ?? family, ...Object.entries(options).map(([option, value]) => `${option} ${value}`)].join(", ");
}

/** E.g. "ASPP of image pooling and a 1x1 convolution; no decoder". */
function headInWords({head: {aspp, decoder}}: Network): string {
  return [asppInWords(aspp), ...(decoder.length > 0 ? decoder.map(stageInWords) : ["no decoder"])].join("; ");
}

function asppInWords({branches, gate}: Aspp): string {
  const atrous = branches.filter(isAtrous);
  const rates = atrous.map(({rate}) => rate).join(", ");
  const kind = atrous.every(({separable}) => separable) ? "atrous separable" : "atrous";
  const words = [
    ...(branches.some((branch) => branch.kind === "conv_1x1") ? ["a 1×1 convolution"] : []),
    ...(atrous.length > 0
      ? [`${atrous.length} ${kind} convolution${atrous.length > 1 ? "s" : ""} (rate${atrous.length > 1 ? "s" : ""} ${rates})`]
      : []),
    ...(branches.some((branch) => branch.kind === "image_pooling") ? ["image pooling"] : [])
  ];
  return `ASPP of ${new Intl.ListFormat("en-GB").format(words)}${gate ? ", gated by pooled features" : ""}`;
}

function isAtrous(branch: AsppBranch): branch is AsppBranch & {kind: "atrous"} {
  return branch.kind === "atrous";
}

function stageInWords({lowLevelChannels, merge, convolutions}: DecoderStage): string {
  const skip = `a decoder whose skip has ${lowLevelChannels} channels`;
  return merge === "sum" ? `${skip}, added` : `${skip}, then ${convolutions.length} convolution${convolutions.length === 1 ? "" : "s"}`;
}

/** What a DeepLab v3+ has and this network has not, and that it knows one class only, in sentences; empty where nothing is missing. */
export function lacks({head: {aspp, decoder}}: Network, classes: readonly string[]): string {
  const missing = [...(aspp.branches.some(isAtrous) ? [] : ["no atrous ASPP branches"]), ...(decoder.length > 0 ? [] : ["no decoder"])];
  const known = classes.filter((name) => name !== BACKGROUND);
  return [
    ...(missing.length > 0 ? [`This model has ${missing.join(" and ")}.`] : []),
    ...(known.length === 1 ? [`It knows one class, ${known[0]}: all else is background to it.`] : [])
  ].join(" ");
}
