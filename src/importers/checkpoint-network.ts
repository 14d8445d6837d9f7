import type {WeightMap} from "../engine/model.js";
import type {Backbone, Network} from "../engine/network.js";
import {weightShapes} from "../engine/plan.js";
import type {Answers, Question} from "../engine/questions.js";
import type {Checkpoint} from "../formats/checkpoint.js";
import {FormatError} from "../formats/format-error.js";
import {inShort} from "../in-short.js";
import {CHECKPOINT_FAMILIES} from "./checkpoint-families.js";
import type {CheckpointFamily, MultiGrid} from "./checkpoint-families.js";
import {HEAD_EPSILON, checkpointHead} from "./checkpoint-heads.js";
import type {CheckpointHead} from "./checkpoint-heads.js";
import {checkpointLayers} from "./checkpoint-layers.js";
import type {LayerVariables} from "./checkpoint-layers.js";
import {ratesQuestions} from "./questions.js";
import {NotDeepLabError, WHAT_IS_READ, atrousLayers, checkShapes} from "./recognise.js";
import type {Shapes} from "./recognise.js";
import {renaming} from "./renaming.js";

/** A layer of ours and the variables that make it up. */
export interface CheckpointLayer {
  readonly variables: LayerVariables;
  /** Channels of its output. */
  readonly channels: number;
  readonly epsilon: number;
}

export interface CheckpointNetwork {
  readonly network: Network;
  /** By our name of the layer. */
  readonly layers: ReadonlyMap<string, CheckpointLayer>;
  /** Weights that no variable holds, by canonical name. */
  readonly given: WeightMap;
  /** What they do not tell; how photos are prepared stands in the program, by the backbone's name. */
  readonly questions: readonly Question[];
}

/** The release's rates at output stride 16; further ones go on alike. */
const USUAL_RATE = 6;

/** Ids of a byte, without the one that is ignored. */
const MAXIMUM_CLASSES = 255;

/**
 * Finds the network that a checkpoint's variables belong to, by their names and shapes.
 *
 * @param answers.grid, answers.averages what has to be known while it is read; the usual ones by default
 * @throws NotDeepLabError where it is none that is known; FormatError where a layer is missing, superfluous or of another shape
 */
export function checkpointNetwork(checkpoint: Checkpoint, answers: Answers = {}): CheckpointNetwork {
  refuseOtherKinds(checkpoint);
  const {layers: named, others, hasAverages} = checkpointLayers(checkpoint, answers.averages ?? true);
  const family = familyOf(checkpoint, [...named.keys()]);
  const head = checkpointHead(named);
  const parts = [
    {names: renaming(family.rules), epsilon: family.epsilon},
    {names: renaming(head.rules), epsilon: HEAD_EPSILON}
  ];
  const layers = new Map<string, CheckpointLayer>();
  const shapes: Record<string, readonly number[]> = {};
  for (const [theirs, variables] of named) {
    const part = parts.find(({names}) => names.ours(theirs) !== undefined);
    const ours = part?.names.ours(theirs) ?? theirs;
    const {shape} = checkpoint.variables.get(variables.kernel)!;
    const channels = shape[variables.kernel.includes("/depthwise_weights") ? 2 : 3] ?? 0;
    layers.set(ours, {variables, channels, epsilon: part?.epsilon ?? 0});
    shapes[`${ours}/kernel`] = shape;
    if (variables.beta ?? variables.biases) shapes[`${ours}/bias`] = [channels];
  }
  const called = (weight: string) => {
    const layer = weight.replace(/\/(kernel|bias)$/, "");
    return layers.get(layer)?.variables.kernel ?? parts.map(({names}) => names.theirs(layer)).find(Boolean) ?? weight;
  };
  checkHead(family, head, layers);
  const rates = atrousLayers(shapes).map((_, index) => USUAL_RATE * (index + 1));
  const {network, given} = likeliest(shapes, family, head, rates, answers.grid);
  if (network.classes > MAXIMUM_CLASSES) {
    throw new FormatError(
      `The checkpoint is damaged: its logits are of ${network.classes} classes; a mask has ids for ${MAXIMUM_CLASSES}.`
    );
  }
  checkShapes({...shapes, ...shapesOf(given)}, network, called);
  if (others[0] !== undefined) throw new FormatError(`The checkpoint also holds "${others[0]}", which has no place in a DeepLab.`);
  return {network, layers, given, questions: questionsOf(rates, family.grid, hasAverages)};
}

function refuseOtherKinds({variables}: Checkpoint): void {
  const names = [...variables.keys()];
  if (variables.has("_CHECKPOINTABLE_OBJECT_GRAPH")) {
    throw new NotDeepLabError(
      "This checkpoint was saved by TensorFlow 2 or Keras, whose names do not say what is what; give one of the DeepLab release's training."
    );
  }
  const simulated = names.find((name) => /_quant\/(min|max)$/.test(name));
  if (simulated) {
    throw new NotDeepLabError(
      `This checkpoint simulates quantisation ("${simulated}"), which is not read here; export it as .tflite and give that.`
    );
  }
}

function familyOf({variables}: Checkpoint, layers: readonly string[]): CheckpointFamily {
  const family = CHECKPOINT_FAMILIES.find(({scope}) => layers.some((layer) => layer.startsWith(scope)));
  if (family) return family;
  const begin = [...new Set([...variables.keys()].map((name) => inShort(name.split("/")[0]!, 40)))].slice(0, 5);
  throw new NotDeepLabError(
    `This checkpoint holds ${variables.size} variables, but none of a backbone that is read here: their names begin with ${begin.join(", ")}. ${WHAT_IS_READ}`
  );
}

function checkHead({name}: CheckpointFamily, head: CheckpointHead, layers: ReadonlyMap<string, CheckpointLayer>): void {
  const missing = head.layers.find((layer) => !layers.has(layer));
  if (missing === undefined) return;
  const theirs = renaming(head.rules).theirs(missing);
  throw new NotDeepLabError(
    `This checkpoint holds a ${name}, but no "${theirs}", which every DeepLab that is read here has. It may be one to begin training with: give the one that training wrote.`
  );
}

/** A description and the weights that no variable holds. */
type Candidate = Pick<CheckpointNetwork, "network" | "given">;

/** The description of this family that agrees best with the shapes; `checkShapes` says where it does not. */
function likeliest(shapes: Shapes, family: CheckpointFamily, kind: CheckpointHead, rates: readonly number[], grid?: MultiGrid): Candidate {
  const candidates = family.backbones(shapes, grid ?? family.grid ?? [1, 1, 1]).map(({given = {}, ...backbone}): Candidate => {
    const lowLevelEndPoint = lowLevelEndPointOf(shapes, backbone.backbone);
    return {network: {...backbone, ...kind.of(shapes, {asppRates: rates, lowLevelEndPoint})}, given};
  });
  const [first, ...others] = candidates.map((candidate) => ({candidate, unlike: unlike(shapes, candidate)}));
  return others.reduce((best, other) => (other.unlike < best.unlike ? other : best), first!).candidate;
}

function unlike(shapes: Shapes, {network, given}: Candidate): number {
  const all = {...shapes, ...shapesOf(given)};
  return Object.entries(weightShapes(network)).filter(([name, shape]) => all[name]?.join() !== shape.join()).length;
}

function shapesOf(weights: WeightMap): Shapes {
  return Object.fromEntries(Object.entries(weights).map(([name, {shape}]) => [name, shape]));
}

/** The end point that the decoder's skip reads: the first, from stride 4 on, with as many channels as it reads. */
function lowLevelEndPointOf(shapes: Shapes, {skips}: Backbone): string | undefined {
  const channels = shapes["decoder/low_level/kernel"]?.[2];
  const endPoints = Object.values(skips);
  return endPoints.find((endPoint) => shapes[`backbone/${endPoint}/bias`]?.[0] === channels) ?? endPoints[0];
}

function questionsOf(rates: readonly number[], grid: MultiGrid | undefined, hasAverages: boolean): Question[] {
  const questions = [...ratesQuestions(rates)];
  if (grid) {
    questions.push({
      about: "grid",
      question: "With which factors on the rates of the last block (multi-grid) was it trained?",
      usual: grid
    });
  }
  if (hasAverages) {
    questions.push({about: "averages", question: "Take the averages of its weights over the last steps of training?", usual: true});
  }
  return questions;
}
