import * as tf from "@tensorflow/tfjs-core";
import {endPointOf} from "../engine/model.js";
import type {Model, WeightMap} from "../engine/model.js";
import {networkWeights, plan} from "../engine/plan.js";
import type {PlanOptions} from "../engine/plan.js";
import {loadWeights} from "../engine/weights.js";
import type {StepWeights} from "../engine/weights.js";
import {hardestShare} from "./cross-entropy.js";
import type {HardExamples} from "./cross-entropy.js";
import {learningRate} from "./learning-rate.js";
import type {LearningRate} from "./learning-rate.js";
import {FailedStep} from "./failed-step.js";
import {firstFault} from "./first-fault.js";
import type {Fault} from "./first-fault.js";
import {lossGradients} from "./loss-gradients.js";
import type {Batch, LossGradients} from "./loss-gradients.js";
import {slotNames, updated} from "./optimiser.js";
import type {Optimiser, Update} from "./optimiser.js";
import {readWeights} from "./read-weights.js";

export type {Batch} from "./loss-gradients.js";

export interface TrainingOptions {
  /** Size of the crops, output stride and rates. */
  readonly plan: PlanOptions;
  /** End points whose weights are held; what leads only to them runs without gradient. */
  readonly frozen: readonly string[];
  readonly optimiser: Optimiser;
  readonly rate: LearningRate;
  /** Largest length that the gradient of all weights together may have; undefined: any. */
  readonly clip?: number | undefined;
  readonly classWeights?: readonly number[] | undefined;
  readonly hardExamples?: HardExamples | undefined;
}

export interface StepReport {
  /** How many steps are done. */
  readonly step: number;
  readonly loss: number;
  readonly rate: number;
  /** Length of the gradient of all weights, before clipping, and of each. */
  readonly norm: number;
  readonly norms: Readonly<Record<string, number>>;
}

/** All that a training needs to go on as if it had not been interrupted, but for what it was told. */
export interface TrainingState {
  /** How many steps are done. */
  readonly step: number;
  /** Those that learn; the others are the model's. */
  readonly weights: WeightMap;
  /** What the optimiser remembers of the weights that learn, by slot and name. */
  readonly slots: Readonly<Record<string, WeightMap>>;
}

export interface Training {
  /** Names of the weights that learn. */
  readonly learning: readonly string[];
  /** How many steps are done. */
  step(): number;
  /** The end point that was computed last, or is being computed; null before the first. A device may still be busy with one before it. */
  layer(): string | null;
  /** Every weight as it is now, the training's own: the next step makes others. */
  weights(): StepWeights;
  /**
   * Learns from a batch.
   *
   * @throws FailedStep naming step and layer where it cannot be computed, or loss or gradient is no number; the weights are then as they
   * were
   */
  learn(batch: Batch): Promise<StepReport>;
  state(): Promise<TrainingState>;
  dispose(): void;
}

/**
 * Starts a training on the current backend. Batch norms are folded into the convolutions that they follow, as in all networks here, and
 * their statistics are not learnt; what is left of others, a scale and a shift a channel, learns as weights.
 *
 * @param from where it goes on; at the start by default
 * @throws Error or RangeError where weights, sizes or the state do not fit the network, or nothing would learn
 */
export function startTraining(model: Pick<Model, "network" | "weights">, options: TrainingOptions, from?: TrainingState): Training {
  const {network} = model;
  const {optimiser} = options;
  const planned = plan(network, options.plan);
  const specs = networkWeights(network);
  const frozen = new Set(options.frozen);
  const learning = Object.keys(specs).filter((name) => !frozen.has(endPointOf(name)));
  if (learning.length === 0) throw new RangeError("Every weight is frozen: nothing would learn.");
  const given = loadWeights({network, weights: {...model.weights, ...from?.weights}});
  const tensors: Record<string, tf.Tensor> = Object.fromEntries(
    Object.entries(given.tensors).map(([name, tensor]) => [name, tf.clone(tensor)])
  );
  given.dispose();
  const slots: Record<string, Record<string, tf.Tensor>> = {};
  const dispose = () => tf.dispose([tensors, slots as unknown as tf.TensorContainerObject]);
  try {
    for (const name of learning) {
      const ofName: Record<string, tf.Tensor> = (slots[name] = {});
      for (const slot of slotNames(optimiser)) ofName[slot] = slotOf(slot, name);
    }
  } catch (error) {
    dispose();
    throw error;
  }
  let step = from?.step ?? 0;
  let layer: string | null = null;

  function slotOf(slot: string, name: string): tf.Tensor {
    const shape = [...specs[name]!.shape];
    const kept = from?.slots[slot]?.[name];
    if (!from) return tf.zeros(shape);
    if (kept?.shape.join() !== shape.join()) throw new Error(`What the optimiser should remember of "${name}" is not in this checkpoint.`);
    return tf.tensor(kept.values.slice(), shape);
  }

  async function learn(batch: Batch): Promise<StepReport> {
    const hardest = options.hardExamples && hardestShare(options.hardExamples, step);
    const {classWeights} = options;
    layer = null;
    let computed: LossGradients | null = null;
    try {
      computed = lossGradients(planned, {tensors}, batch, {frozen, classWeights, hardest, onStep: (endPoint) => (layer = endPoint)});
      const report = await measured(computed, step, () => firstFault(planned, {tensors}, batch.input));
      const rate = learningRate(options.rate, step);
      const shorter = options.clip !== undefined && report.norm > options.clip ? options.clip / report.norm : 1;
      // All of them before any takes its place: where memory ends in between, nothing has moved.
      const next = tf.tidy(
        () =>
          learning.map((name) => {
            const whole = computed!.gradients[name]!;
            const gradient = shorter < 1 ? tf.mul(whole, shorter) : whole;
            const now = {weight: tensors[name]!, slots: slots[name]!};
            const made = updated(optimiser, now, gradient, {rate, step, isKernel: specs[name]!.fanIn > 0});
            if (shorter < 1) gradient.dispose();
            return made;
          }) as unknown as tf.TensorContainer
      ) as unknown as Update[];
      learning.forEach((name, index) => {
        tf.dispose([tensors[name]!, slots[name]!]);
        tensors[name] = next[index]!.weight;
        slots[name] = {...next[index]!.slots};
      });
      step++;
      return {...report, step, rate};
    } catch (cause) {
      if (cause instanceof FailedStep) throw cause;
      const said = cause instanceof Error ? cause.message : String(cause);
      const message = `Step ${step + 1} could not be computed${layer === null ? "" : ` at "${layer}"`}: ${said}`;
      throw new FailedStep(message, {step: step + 1, layer, isNotANumber: false, cause});
    } finally {
      if (computed) tf.dispose([computed.loss, {...computed.gradients}]);
    }
  }

  async function state(): Promise<TrainingState> {
    const remembered = slotNames(optimiser).map(async (slot) => {
      const ofSlot = Object.fromEntries(learning.map((name) => [name, slots[name]![slot]!]));
      return [slot, await readWeights(ofSlot)] as const;
    });
    const ofLearning = Object.fromEntries(learning.map((name) => [name, tensors[name]!]));
    return {step, weights: await readWeights(ofLearning), slots: Object.fromEntries(await Promise.all(remembered))};
  }

  return {
    learning,
    step: () => step,
    layer: () => layer,
    weights: () => ({tensors}),
    learn,
    state,
    dispose
  };
}

const ADVICE = "A smaller learning rate, or clipping, may help.";

/**
 * Reads loss and lengths of gradients back, all at once.
 *
 * @param faultOf looks for where the values first are no numbers
 * @throws FailedStep where one is no number
 */
async function measured(
  {loss, gradients}: LossGradients,
  step: number,
  faultOf: () => Promise<Fault | null>
): Promise<Pick<StepReport, "loss" | "norm" | "norms">> {
  const names = Object.keys(gradients);
  const all = tf.tidy(() => tf.stack([loss, ...names.map((name) => tf.sum(tf.square(gradients[name]!)))]));
  const [value, ...squares] = await all.data();
  all.dispose();
  const at = `At step ${step + 1}`;
  const facts = {step: step + 1, isNotANumber: true};
  if (!Number.isFinite(value)) {
    const fault = await faultOf();
    const where = fault ? `: the first values that are no numbers are those of "${fault.layer}"` : "";
    throw new FailedStep(`${at} the loss is ${value}${where}. ${ADVICE}`, {
      ...facts,
      layer: fault?.layer ?? null,
      place: fault?.place ?? null
    });
  }
  const lost = names.find((_, i) => !Number.isFinite(squares[i]!));
  if (lost) throw new FailedStep(`${at} the gradient of "${lost}" is no number. ${ADVICE}`, {...facts, layer: endPointOf(lost)});
  return {
    loss: value!,
    norm: Math.sqrt(squares.reduce((sum, square) => sum + square, 0)),
    norms: Object.fromEntries(names.map((name, i) => [name, Math.sqrt(squares[i]!)]))
  };
}
