/** Losses of small logits on the current backend, as plain numbers: in Node and in Chromium. */
import * as tf from "@tensorflow/tfjs-core";
import {seededValues} from "../../src/engine/seeded.js";
import {crossEntropy} from "../../src/train/cross-entropy.js";

const BATCH = 2;
export const LOGITS = {height: 3, width: 4, channels: 3} as const;

/** Size of the labels, and options. */
export const LOSS_CASES = {
  "enlarged by whole numbers": [[9, 10], {}],
  "enlarged to any size": [[7, 9], {}],
  "with class weights": [[9, 10], {classWeights: [0.5, 1, 3]}],
  "of the hardest": [[9, 10], {hardest: 0.3}],
  "of the hardest, with class weights": [[7, 9], {hardest: 0.3, classWeights: [0.5, 1, 3]}]
} as const;
export type LossCase = keyof typeof LOSS_CASES;

export interface MeasuredLoss {
  readonly loss: number;
  readonly gradient: number[];
  /** Tensors that were left behind. */
  readonly left: number;
}

/** Logits, and class ids of which some are none. */
export function fedLoss(name: LossCase) {
  const [[height, width]] = LOSS_CASES[name];
  return {
    logits: seededValues(3, BATCH * LOGITS.height * LOGITS.width * LOGITS.channels).map((value) => 5 * value),
    ids: Array.from(seededValues(4, BATCH * height * width), (value) => [0, 1, 2, 255][Math.floor((value + 1) * 2)]!)
  };
}

export async function measuredLoss(name: LossCase): Promise<MeasuredLoss> {
  const [size, options] = LOSS_CASES[name];
  const fed = fedLoss(name);
  const before = tf.memory().numTensors;
  const logits = tf.tensor4d(fed.logits, [BATCH, LOGITS.height, LOGITS.width, LOGITS.channels]);
  const labels = tf.tensor3d(fed.ids, [BATCH, ...size], "float32");
  const {value, gradient} = crossEntropy(logits, labels, options);
  const result = {loss: (await value.data())[0]!, gradient: [...(await gradient.data())]};
  tf.dispose([logits, labels, value, gradient]);
  return {...result, left: tf.memory().numTensors - before};
}
