import {VOC_CLASSES} from "../../../data/labels/voc.js";
import {LOGITS} from "../../../engine/plan.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import type {Lesson} from "../../../lab/lesson.js";
import type {LessonState} from "../../../lab/lesson-table.js";
import {flag, oneOf, range} from "../../../lab/state.js";
import type {Moved} from "../../../worker/inspections/descent.js";
import type {RunChoice} from "../../../worker/protocol.js";
import {BUNDLED, LIKE_BUNDLED} from "../bundled-model.js";

/** Layers with a kernel, in the order in which they run. */
const LAYERS = LIKE_BUNDLED.steps.filter(convolutionOf).map(({name}) => name);
/** Those that a batch norm follows, or followed before it was folded into them. */
const NORMED = LAYERS.filter((name) => name !== LOGITS);

const branchOf = (wanted: string) => LIKE_BUNDLED.branches.find(({kind}) => kind === wanted)!.endPoint;
export const POINTWISE = branchOf("conv_1x1");
export const POOLING = branchOf("image_pooling");
/** An early depthwise convolution. */
export const EARLY = LIKE_BUNDLED.units[3]!.carrier;
/** What the decoder's skip reads: a map that is still fine, and a kernel with nine weights a channel. */
const FINE = LIKE_BUNDLED.skips.at(-1)!.from;

export const CLASSES = VOC_CLASSES;
export const CHAIR = CLASSES.indexOf("chair");

/** What is relabelled around the point. */
export const AREAS = {patch: "the patch there", spot: "a spot there"};
export const MOVED: Readonly<Record<Moved, string>> = {all: "all layers", head: "ASPP and decoder", layer: "this layer alone"};

/** Learning rates, the slider's steps: three times the one before, nearly. */
export const RATES = [1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2];

/** Pixels between two cells of the logits. */
export const SPACINGS = [4, 8, 16];
/** Steps of descent after which masks are shown. */
export const MOMENTS = [0, 1, 2, 4, 8, 16];

/** Sizes of batches whose statistics are compared. */
export const BATCHES = [1, 4, 16] as const;
export const MEASURES = {means: "means", spreads: "deviations"};

/** Atrous rates of the small head, in cells of its map. */
export const SMALL_RATES = {near: "2, 4, 6", far: "6, 12, 18"};

const keysOf = <T extends string>(names: Readonly<Record<T, string>>) => Object.keys(names) as T[];

export const LEARNING_TABLE = {
  /** The chosen point, in per mille of the photo. */
  x: range("x", 0, 1000, 500),
  y: range("y", 0, 1000, 480),
  taught: oneOf<string>("class", CLASSES, "cat"),
  area: oneOf("area", keysOf(AREAS), "patch"),
  layer: oneOf<string>("layer", LAYERS, FINE),
  /** The chosen channel, in per cent of the way from the one of which most is asked to the one of which least. */
  rank: range("rank", 0, 100, 0),
  moved: oneOf("moved", keysOf(MOVED), "all"),
  /** Place among `RATES`: at first one that is too small, for the reader is asked for the one that is not. */
  rate: range("rate", 0, RATES.length - 1, 4),
  inputSize: oneOf("size", ["193", "257"], "257"),

  /** The middle of the chair's seat, in per mille of the photo: at first where small labels keep more than half of it. */
  chairX: range("chair-x", 0, 1000, 804),
  chairY: range("chair-y", 0, 1000, 600),
  leg: range("leg", 1, 16, 4),
  spacing: oneOf("spacing", SPACINGS, 8),
  /** Place among `MOMENTS`. */
  moment: range("moment", 0, MOMENTS.length - 1, MOMENTS.length - 1),

  norm: oneOf<string>("norm", NORMED, POINTWISE),
  measure: oneOf("measure", keysOf(MEASURES), "means"),

  learns: flag("learns", false),
  smallRates: oneOf("small-rates", keysOf(SMALL_RATES), "near")
};

export type LearningTable = typeof LEARNING_TABLE;
export type LearningPage = Lesson<LearningTable>;
export type LearningState = LessonState<LearningTable>;

/** How the bundled model runs on this page. @param inputSize null keeps a photo's own */
export function runOf({backend}: Pick<RunChoice, "backend">, inputSize: number | null): RunChoice {
  return {modelUrl: BUNDLED.url, backend, outputStride: 16, inputSize};
}

/** A learning rate as the reader sees it. */
export function rateInWords(place: number): string {
  return RATES[place]!.toFixed(6).replace(/0+$/, "");
}
