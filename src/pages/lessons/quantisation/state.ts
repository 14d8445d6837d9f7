import type {WeightFormat} from "../../../engine/precision.js";
import {BITS, GRIDS, SCALES_PER, quantisationName} from "../../../engine/quantise.js";
import type {Bits} from "../../../engine/quantise.js";
import type {Lesson, WorkContext} from "../../../lab/lesson.js";
import type {LessonState} from "../../../lab/lesson-table.js";
import {modelUrl} from "../../../lab/model-list.js";
import {oneOf, range, text} from "../../../lab/state.js";
import type {RunChoice} from "../../../worker/protocol.js";
import {BUNDLED} from "../bundled-model.js";

/** Stands for the depthwise layer whose channels reach furthest apart. */
const FURTHEST_APART = "";

export const BITS_NAMES = {16: "16, floats", 8: "8", 6: "6", 4: "4"};
export const PER_NAMES = {tensor: "tensor", channel: "channel"};
export const GRID_NAMES = {int: "symmetric", uint: "with a zero point", minmax: "smallest to largest"};
/** Which layers are rounded for the mask. */
export const EXTENTS = {all: "every layer", depthwise: "the depthwise layers", layer: "the chosen layer alone"};

export function quantisationTable(models: readonly string[]) {
  return {
    model: oneOf<string>("model", models, BUNDLED.id),
    bits: oneOf("bits", [16, ...BITS], 8),
    per: oneOf("per", SCALES_PER.toReversed(), "tensor"),
    grid: oneOf("grid", GRIDS, "int"),
    layer: text("layer", FURTHEST_APART),
    /** The chosen channel, in per cent of the way from the widest to the narrowest. */
    rank: range("rank", 0, 100, 50),
    extent: oneOf("extent", Object.keys(EXTENTS) as (keyof typeof EXTENTS)[], "all"),
    inputSize: oneOf("size", ["257", "385", "513"], "513"),
    /** What each layer alone was asked to be measured for (see `aloneKey`); nothing where it was not. */
    alone: text("alone", "")
  };
}

export type QuantisationTable = ReturnType<typeof quantisationTable>;
export type QuantisationPage = Lesson<QuantisationTable>;
export type QuantisationState = LessonState<QuantisationTable>;

/** Values of the state that say what weights are rounded to. */
export const FORMAT = ["bits", "per", "grid"] as const;

export function formatOf({bits, per, grid}: Pick<QuantisationState, "bits" | "per" | "grid">): WeightFormat {
  return bits === 16 ? "float16" : quantisationName({bits: bits as Bits, per, grid});
}

/** The format in words. */
export function inWords({bits, per, grid}: Pick<QuantisationState, "bits" | "per" | "grid">): string {
  return bits === 16 ? "16-bit floats" : `${bits} bits, a scale per ${per}, ${GRID_NAMES[grid]}`;
}

/** The model as it is on the reader's photo. */
export function asTrained({state, backend}: Pick<WorkContext<QuantisationTable>, "state" | "backend">): RunChoice {
  return {modelUrl: modelUrl(state.model), backend, outputStride: 16, inputSize: Number(state.inputSize)};
}

/** Place of the chosen channel among so many that are in order. */
export function placeOf({rank}: Pick<QuantisationState, "rank">, channels: number): number {
  return Math.round((rank / 100) * (channels - 1));
}

/** Channels from the widest to the narrowest. */
export function widestFirst(reach: ArrayLike<number>): number[] {
  return Array.from(reach, (_, channel) => channel).sort((a, b) => reach[b]! - reach[a]!);
}

/** What each layer alone is measured for. */
export function aloneKey(state: Pick<QuantisationState, "model" | "bits" | "per" | "grid">): string {
  return `${state.model} ${formatOf(state)}`;
}
