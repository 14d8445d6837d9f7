import {normalised, normalisingWeights} from "../../engine/backbones/normalise.js";
import type {Normalisation} from "../../engine/backbones/normalise.js";
import type {WeightMap} from "../../engine/model.js";
import type {Backbone, Network} from "../../engine/network.js";
import {smallestPlan} from "../../engine/plan.js";
import type {StateDict} from "../../formats/state-dict.js";
import {NotDeepLabError} from "../recognise.js";
import {gatherWeights} from "./gather.js";
import {huggingFaceFacts} from "./hugging-face-config.js";
import type {HuggingFaceFiles} from "./hugging-face-config.js";
import {UNUSED, huggingFaceNetwork, huggingFaceSources, isHuggingFace} from "./hugging-face.js";
import {torchBackbone} from "./torch-backbones.js";
import {torchHead} from "./torch-heads.js";

export interface ImportedStateDict {
  readonly network: Network;
  readonly weights: WeightMap;
  /** Names of the classes, where the files say them. */
  readonly classes?: readonly string[] | undefined;
}

/** A classifier beside the network that only training reads. */
const AUXILIARY = /^aux_classifier\./;
const WHAT_IS_KNOWN =
  "Known by their names are torchvision's deeplabv3_resnet50, deeplabv3_resnet101, deeplabv3_mobilenet_v3_large and lraspp_mobilenet_v3_large, " +
  "DeepLabV3 and V3+ of VainF/DeepLabV3Plus-Pytorch on MobileNetV2 and ResNet, and Hugging Face's MobileNetV2ForSemanticSegmentation.";

/**
 * Recognises a network by the names of its tensors.
 *
 * @param beside what stands beside a model of Hugging Face's
 * @throws NotDeepLabError where the names are of no known network; FormatError where tensors are missing, superfluous or of another shape
 */
export function importStateDict(dict: StateDict, beside: HuggingFaceFiles = {}): ImportedStateDict {
  if (isHuggingFace(dict)) {
    const facts = huggingFaceFacts(beside);
    const found = prepared(huggingFaceNetwork(dict, facts), facts.normalisation);
    const title = "Hugging Face's MobileNetV2ForSemanticSegmentation";
    const weights = gatherWeights(dict, {network: found.network, sources: huggingFaceSources(facts), title, leftOut: UNUSED});
    return {network: found.network, weights: {...weights, ...found.weights}, ...(facts.classes && {classes: facts.classes})};
  }
  const backbone = torchBackbone(dict);
  const head = backbone && torchHead(dict, backbone);
  if (!backbone || !head) {
    const names = [...dict.keys()].slice(0, 3).map((name) => `"${name}"`);
    throw new NotDeepLabError(
      `This state dict holds ${dict.size} tensors, ${names.join(", ")} among them, of no network that is known. ${WHAT_IS_KNOWN}`
    );
  }
  const described: Network = {
    backbone: backbone.backbone,
    padding: backbone.padding,
    head: head.head,
    classes: head.classes,
    ...(head.sampling && {sampling: head.sampling})
  };
  const weights = gatherWeights(dict, {
    network: described,
    sources: (step) => backbone.sources(step) ?? head.sources(step),
    title: `${head.title} on ${backbone.title}`,
    leftOut: AUXILIARY
  });
  return {network: described, weights: {...weights, ...preparation(described, backbone.normalisation)}};
}

/** A network that takes a photo as it is given here, or prepares it first, where its maker does that otherwise. */
function prepared(network: Network, normalisation: Normalisation): {network: Network; weights: WeightMap} {
  const {scale, shift} = normalisingWeights(normalisation);
  const isOurs =
    scale.values.every((value) => Math.abs(value - 1) < TOLERANCE) && shift.values.every((value) => Math.abs(value) < TOLERANCE);
  if (isOurs) return {network, weights: {}};
  const backbone: Backbone = normalised(network.backbone);
  const found = {...network, backbone};
  return {network: found, weights: preparation(found, normalisation)};
}

/** Rounding of a file's decimal numbers. */
const TOLERANCE = 1e-6;

/** The weights of the unit that prepares a photo: the first after the input. */
function preparation(network: Network, normalisation: Normalisation): WeightMap {
  const {name} = smallestPlan(network).steps[1]!;
  return Object.fromEntries(Object.entries(normalisingWeights(normalisation)).map(([role, weight]) => [`${name}/${role}`, weight]));
}
