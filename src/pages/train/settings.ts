import {modelUrl} from "../../lab/model-list.js";
import {backendFor} from "../../lab/network-parameters.js";
import type {AugmentationRanges} from "../../train/augment.js";
import type {Frozen} from "../../train/classes.js";
import type {Optimiser} from "../../train/optimiser.js";
import type {DatasetFacts} from "../../worker/dataset-messages.js";
import {tensorsOn} from "../../worker/protocol.js";
import type {Capabilities} from "../../worker/protocol.js";
import type {TrainingSettings, ValChoice} from "../../worker/training-messages.js";
import type {TrainState} from "./state.js";

const FROZEN: Readonly<Record<TrainState["frozen"], Frozen>> = {
  backbone: "backbone",
  logits: "all but the logits",
  nothing: "nothing"
};

/** Lengths of gradients beyond this are shortened: a single bad crop throws nothing over. */
const CLIP = 5;
const POWER = 0.9;
/** Steps over which the rate rises at most, and their share of all. */
const WARM_UP = {most: 50, share: 0.1};
/** Measurings of a training, about; each takes a while. */
const MEASURINGS = 20;
const FEWEST_STEPS_BETWEEN = 5;
/** Long side of photos that are learnt from, at most. */
const LONGEST = 513;

/** A learning rate that is usual for an optimiser; where all layers learn it is a tenth, for most of them know much already. */
export function usualRate({optimiser, frozen}: Pick<TrainState, "optimiser" | "frozen">): TrainState["rate"] {
  const isAll = frozen === "nothing";
  if (optimiser === "sgd") return isAll ? 0.001 : 0.01;
  return isAll ? 0.0001 : 0.001;
}

/** What the state asks for, on this machine and of this data set. */
export function settingsOf(state: TrainState, capabilities: Capabilities, val: ValChoice): TrainingSettings {
  const {steps, batch, outputStride, decoder, rates, seed} = state;
  const crop = Number(state.inputSize);
  return {
    ...{val, decoder, outputStride, crop, batch, steps, seed},
    modelUrl: modelUrl(state.model),
    backend: tensorsOn(backendFor(state.backend, capabilities)),
    frozen: FROZEN[state.frozen],
    ...(rates.length > 0 && {rates}),
    // A crop is a fair part of its photo, whatever its size.
    photoSide: Math.min(LONGEST, 2 * crop - 1),
    optimiser: optimiserOf(state.optimiser),
    rate: {base: state.rate, power: POWER, warmUp: Math.min(WARM_UP.most, Math.round(WARM_UP.share * steps))},
    clip: CLIP,
    ...(state.balance && {classWeights: "balanced" as const}),
    augmentation: augmentationOf(state),
    measureEvery: Math.max(FEWEST_STEPS_BETWEEN, Math.round(steps / MEASURINGS))
  };
}

/** How crops are changed. */
export function augmentationOf({scaling, flip, colour}: Pick<TrainState, "scaling" | "flip" | "colour">): AugmentationRanges {
  return {scale: scaling ? [0.5, 2] : [1, 1], flip, colour: colour / 100};
}

function optimiserOf(kind: TrainState["optimiser"]): Optimiser {
  if (kind === "sgd") return {kind, momentum: 0.9, weightDecay: 0.00004};
  return {kind, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.001};
}

/** Lists to learn from, the usual ones first. */
export const LISTS_TO_LEARN_FROM = ["train", "training", "trainval"] as const;
const LIST_APART = "val";
/** Per cent of the photos that may be kept apart. */
export const SHARES = [10, 20, 30, 50] as const;
const USUAL_SHARE = 20;
export const NOTHING_APART = "none";

/** What can be kept apart of a data set whose list `learnt` is learnt from: values of the state's `val`, the usual one first. */
export function apartChoices({splits}: Pick<DatasetFacts, "splits">, learnt: string): string[] {
  const others = splits.filter((name) => name !== learnt);
  const shares = [USUAL_SHARE, ...SHARES.filter((share) => share !== USUAL_SHARE)].map((share) => `${share} %`);
  const usual = others.filter((name) => name === LIST_APART);
  return [...usual, ...shares, ...others.filter((name) => name !== LIST_APART), NOTHING_APART];
}

/** What is kept apart, as the worker is told; `val` is one of the choices, or else the first of them holds. */
export function apartOf(val: string, choices: readonly string[]): ValChoice {
  const chosen = choices.includes(val) ? val : choices[0]!;
  if (chosen === NOTHING_APART) return null;
  const [, share] = /^(\d+) %$/.exec(chosen) ?? [];
  return share === undefined ? {list: chosen} : {share: Number(share) / 100};
}
