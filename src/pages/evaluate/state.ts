import {PHOTO_PADDINGS} from "../../engine/preprocess.js";
import {BOUNDARY_DISTANCE} from "../../evaluate/boundary.js";
import {AVERAGING_PARAMETERS, averagingOf} from "../../lab/averaging.js";
import {modelUrl} from "../../lab/model-list.js";
import {namesParameter} from "../../lab/names-choice.js";
import {INPUT_SIZES, backendFor, networkParameters} from "../../lab/network-parameters.js";
import {sizeOf} from "../../lab/run-choice.js";
import {flag, oneOf, range, text} from "../../lab/state.js";
import type {StateOf} from "../../lab/state.js";
import type {MeasureChoice} from "../../worker/measure-messages.js";
import type {Capabilities} from "../../worker/protocol.js";
import type {KeptRun} from "./kept-runs.js";
import {TOY} from "./toy-mask.js";

/** The state table of the page that measures. */
export function evaluateTable(models: readonly string[]) {
  return {
    ...networkParameters(models, INPUT_SIZES, "513"),
    /** As the command's. */
    padding: oneOf("padding", PHOTO_PADDINGS, "square"),
    ...AVERAGING_PARAMETERS,
    /** The list of photos that is wanted of a data set; the data set itself is not in the address. */
    split: text("split", ""),
    /** What the matrix's cells are shares of. */
    per: oneOf("per", ["truth", "prediction"], "truth"),
    bars: oneOf("bars", ["iou", "id"], "iou"),
    /** The cell of the matrix whose photos are shown: true and predicted class, e.g. "8-12". */
    cell: text("cell", ""),
    /** Whether the regions' names stand on the masks. */
    names: namesParameter(false),
    photos: oneOf("photos", ["accuracy", "iou"], "accuracy"),
    /** The result that is compared with: the beginning of its key. */
    against: text("against", ""),
    /** Of the small mask: where the predicted person begins, and whether the bottle is found. */
    border: range("border", 0, TOY.right, 12),
    bottle: flag("bottle", true)
  };
}

export type EvaluateTable = ReturnType<typeof evaluateTable>;
export type EvaluateState = StateOf<EvaluateTable>;

/** What of the state says how is measured. */
export const SETTING = ["model", "backend", "outputStride", "inputSize", "padding", "scales", "flip"] as const;

/** What the state asks to measure, on this machine. */
export function choiceOf(state: EvaluateState, capabilities: Capabilities): MeasureChoice {
  const averaging = averagingOf(state);
  return {
    modelUrl: modelUrl(state.model),
    backend: backendFor(state.backend, capabilities),
    outputStride: state.outputStride,
    inputSize: sizeOf(state.inputSize),
    padding: state.padding,
    ...(averaging && {averaging}),
    boundaryDistance: BOUNDARY_DISTANCE
  };
}

/** The cell that a state names; null for none. */
export function cellOf({cell}: Pick<EvaluateState, "cell">, classes: number): {readonly truth: number; readonly guess: number} | null {
  const [, truth, guess] = /^(\d+)-(\d+)$/.exec(cell) ?? [];
  return Number(truth) < classes && Number(guess) < classes ? {truth: Number(truth), guess: Number(guess)} : null;
}

/** What of the state a result was measured with, as far as the page still offers it. */
export function stateOf(
  {model, setting: {outputStride, inputSize, padding, averaging}}: KeptRun,
  table: EvaluateTable
): Pick<EvaluateState, "model" | "outputStride" | "inputSize" | "padding" | "scales" | "flip"> {
  return {
    model: table.model.parse(model.id) ?? table.model.initial,
    outputStride: table.outputStride.parse(String(outputStride)) ?? table.outputStride.initial,
    inputSize: table.inputSize.parse(String(inputSize ?? "native")) ?? table.inputSize.initial,
    padding,
    scales: table.scales.parse(averaging?.scales.join() ?? "1") ?? table.scales.initial,
    flip: averaging?.flip ?? false
  };
}
