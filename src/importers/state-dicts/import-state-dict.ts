import type {WeightMap} from "../../engine/model.js";
import type {Network} from "../../engine/network.js";
import type {Question} from "../../engine/questions.js";
import {ownRates} from "../../engine/plan.js";
import type {StateDict} from "../../formats/state-dict.js";
import {withNormalisation} from "../preprocessing.js";
import {preprocessingQuestion, ratesQuestions} from "../questions.js";
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
  /** What names and shapes do not tell, and no file beside them. */
  readonly questions: readonly Question[];
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
    const network = huggingFaceNetwork(dict, facts);
    const title = "Hugging Face's MobileNetV2ForSemanticSegmentation";
    const weights = gatherWeights(dict, {network, sources: huggingFaceSources(facts), title, leftOut: UNUSED});
    return {
      ...withNormalisation({network, weights}, facts.normalisation),
      ...(facts.classes && {classes: facts.classes}),
      questions: beside.processor ? [] : [preprocessingQuestion("plus-minus-one")]
    };
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
  return {
    ...withNormalisation({network: described, weights}, backbone.normalisation),
    questions: [preprocessingQuestion("imagenet"), ...ratesQuestions(ownRates(described))]
  };
}
