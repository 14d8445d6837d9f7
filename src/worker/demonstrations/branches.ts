import * as tf from "@tensorflow/tfjs-core";
import type {Activations} from "../../engine/activations.js";
import {execute} from "../../engine/execute.js";
import type {RunningBranch} from "../../engine/head.js";
import {labelsFromLogits} from "../../engine/labels/labels.js";
import type {WeightMap} from "../../engine/model.js";
import type {Network} from "../../engine/network.js";
import {weightSpecs} from "../../engine/plan.js";
import {randomWeights} from "../../engine/random-weights.js";
import {findStep} from "../../engine/step-list.js";
import type {Mask} from "../../formats/mask-picture.js";
import {crossEntropy} from "../../train/cross-entropy.js";
import {headAlone} from "../../train/head-alone.js";
import type {HeadAlone} from "../../train/head-alone.js";
import {learningRate} from "../../train/learning-rate.js";
import {lossGradients} from "../../train/loss-gradients.js";
import type {Batch} from "../../train/loss-gradients.js";
import {updated} from "../../train/optimiser.js";
import type {Adam, Slots} from "../../train/optimiser.js";
import {readWeights} from "../../train/read-weights.js";
import {readLogits} from "../read-back.js";

/** Where the head stands: plain data, so that the page keeps it between two calls and may leave off at any. */
export interface HeadState {
  readonly step: number;
  readonly weights: WeightMap;
  readonly mean: WeightMap;
  readonly square: WeightMap;
}

export interface BranchesInput {
  readonly network: Network;
  /** What the backbone gives for each photo, all of one size. */
  readonly features: readonly Activations[];
  /** The photos' labels. */
  readonly labels: readonly Mask[];
  readonly rates: readonly number[];
  /** Channels of each branch. */
  readonly channels: number;
  /** Null begins with random weights. */
  readonly from: HeadState | null;
  /** Steps to learn before looking; 0 looks at once. */
  readonly steps: number;
  /** Steps in all, over which the learning rate falls. */
  readonly of: number;
  readonly rate: number;
  readonly seed: number;
  /** Place of the photo whose masks are wanted. */
  readonly shown: number;
}

/** What a branch does by now. */
export interface BranchReading {
  readonly name: string;
  readonly kind: RunningBranch["kind"];
  /** Loss with zeros in its place. */
  readonly muted: number;
  /** Length of what the projection reads from it, over that of all branches' together: 0-1. */
  readonly share: number;
  /** The shown photo's mask with it alone, one class id a pixel. */
  readonly mask: Uint8Array;
}

export interface BranchesAnswer {
  readonly state: HeadState;
  /** With all branches. */
  readonly loss: number;
  readonly mask: Uint8Array;
  readonly branches: readonly BranchReading[];
}

const ADAM: Adam = {kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0};

/** ASPP learns on what a backbone gives for a few photos, a few steps on from where it stands; and what each of its branches does then. */
export async function branches(input: BranchesInput): Promise<BranchesAnswer> {
  const {features, labels, rates, channels, from, steps, of, rate, seed} = input;
  const head = headAlone(input.network, {features: features[0]!, rates, channels});
  const batch: Batch = {
    input: tf.tidy(() => tf.concat(features.map(featureTensor))),
    labels: tf.tidy(() => tf.stack(labels.map(idTensor)) as tf.Tensor3D)
  };
  const weights = tensorsOf(from?.weights ?? startWeights(head, seed));
  const specs = weightSpecs(head.steps);
  const slots: Record<string, Slots> = Object.fromEntries(
    Object.entries(specs).map(([name, {shape}]) => {
      const kept = (map: WeightMap | undefined) => (map ? tf.tensor(map[name]!.values.slice(), [...shape]) : tf.zeros([...shape]));
      return [name, {mean: kept(from?.mean), square: kept(from?.square)}];
    })
  );
  try {
    let step = from?.step ?? 0;
    for (const last = step + steps; step < last; step++) {
      const {loss, gradients} = lossGradients(head, {tensors: weights}, batch, {frozen: new Set()});
      const now = {step, rate: learningRate({base: rate, power: 0.9, steps: of, warmUp: 0}, step)};
      for (const [name, gradient] of Object.entries(gradients)) {
        const before = {weight: weights[name]!, slots: slots[name]!};
        const next = updated(ADAM, before, gradient, {...now, isKernel: specs[name]!.fanIn > 0});
        tf.dispose([before.weight, {...before.slots}]);
        weights[name] = next.weight;
        slots[name] = next.slots;
      }
      tf.dispose([loss, {...gradients}]);
    }
    const slotMap = (slot: string) => readWeights(Object.fromEntries(Object.entries(slots).map(([name, each]) => [name, each[slot]!])));
    const state: HeadState = {step, weights: await readWeights(weights), mean: await slotMap("mean"), square: await slotMap("square")};
    return {state, ...(await readings(head, weights, batch, input))};
  } finally {
    tf.dispose([weights, {...batch}, slots as unknown as tf.TensorContainerObject]);
  }
}

function featureTensor({height, width, channels, values}: Activations): tf.Tensor4D {
  return tf.tensor4d(values.slice(), [1, height, width, channels]);
}

function idTensor({height, width, ids}: Mask): tf.Tensor2D {
  return tf.tensor2d(ids, [height, width], "float32");
}

/** So small the release begins what gives the logits, by the deviation of its kernel: at first no class is likelier than another. */
const LOGITS_DEVIATION = 0.01;

function startWeights({steps, output}: HeadAlone, seed: number): WeightMap {
  const weights = randomWeights(steps, seed);
  const name = `${output}/kernel`;
  const {shape, values} = weights[name]!;
  // As they come they are even with variance 2 / fan-in.
  const factor = LOGITS_DEVIATION / Math.sqrt(2 / shape[2]!);
  return {...weights, [name]: {shape, values: values.map((value) => factor * value)}};
}

function tensorsOf(map: WeightMap): Record<string, tf.Tensor> {
  return Object.fromEntries(Object.entries(map).map(([name, {shape, values}]) => [name, tf.tensor(values.slice(), [...shape])]));
}

async function readings(
  head: HeadAlone,
  weights: Readonly<Record<string, tf.Tensor>>,
  batch: Batch,
  {labels, shown}: BranchesInput
): Promise<Pick<BranchesAnswer, "loss" | "mask" | "branches">> {
  const logitsOf = (input: tf.Tensor4D, muted: readonly RunningBranch[]) =>
    execute(head.steps, {tensors: weights}, input, [head.output], {
      replaced: Object.fromEntries(muted.map(({joined}) => [joined, "zero" as const]))
    })[head.output]!;
  const lossWithout = async (muted: readonly RunningBranch[]) => {
    const made = tf.tidy(() => crossEntropy(logitsOf(batch.input, muted), batch.labels).value);
    const [loss] = await made.data();
    made.dispose();
    return loss!;
  };
  const own = tf.slice(batch.input, shown, 1);
  const maskWithout = async (muted: readonly RunningBranch[]) => {
    const logits = logitsOf(own, muted);
    const scores = await readLogits(logits).finally(() => logits.dispose());
    const {height, width} = labels[shown]!;
    return labelsFromLogits(scores, {height: 1, width: 1}, height, width);
  };
  try {
    const shares = await sharesOf(head, weights, batch.input);
    const found: BranchReading[] = [];
    for (const [index, branch] of head.branches.entries()) {
      const {name, kind} = branch;
      const others = head.branches.filter((other) => other !== branch);
      found.push({name, kind, share: shares[index]!, muted: await lossWithout([branch]), mask: await maskWithout(others)});
    }
    return {loss: await lossWithout([]), mask: await maskWithout([]), branches: found};
  } finally {
    own.dispose();
  }
}

/** Length of what each branch brings to the projection, of the sum of these lengths. */
async function sharesOf({steps, branches: all, encoded}: HeadAlone, weights: Readonly<Record<string, tf.Tensor>>, input: tf.Tensor4D) {
  const lengths = tf.tidy(() => {
    const maps = execute(
      steps,
      {tensors: weights},
      input,
      all.map(({joined}) => joined)
    );
    const kernel = weights[`${encoded}/kernel`] as tf.Tensor4D;
    const outputs = kernel.shape[3];
    let first = 0;
    const each = all.map(({joined}) => {
      const {channels} = findStep(steps, joined);
      const rows = tf.slice(kernel, [0, 0, first, 0], [1, 1, channels, outputs]);
      first += channels;
      return tf.sqrt(tf.mean(tf.square(tf.conv2d(maps[joined]!, rows, 1, "same"))));
    });
    const lengths = tf.stack(each);
    return tf.div(lengths, tf.sum(lengths));
  });
  const values = await lengths.data();
  lengths.dispose();
  return values;
}
