import type * as tf from "@tensorflow/tfjs-core";
import type {Photo} from "../../engine/photo.js";
import type {Mask} from "./mask.js";

/** What a cell asks to see, with the values that it is made of; `present` makes plain data of it. */
export type Wish =
  | {readonly kind: "map"; readonly tensor: tf.Tensor; readonly options: MapOptions}
  | {readonly kind: "maps"; readonly tensor: tf.Tensor; readonly options: MapsOptions}
  | {readonly kind: "mask"; readonly mask: Mask; readonly options: MaskOptions}
  | {readonly kind: "bars"; readonly values: unknown; readonly options: BarsOptions}
  | {readonly kind: "table"; readonly rows: readonly Readonly<Record<string, unknown>>[]}
  | {readonly kind: "svg"; readonly text: string; readonly title: string};

export interface MapOptions {
  readonly label?: string;
  /** Which channel; the mean over all of absolute values by default. */
  readonly channel?: number;
  readonly colours?: "sequential" | "diverging";
  /** Whether each value stands in its cell, for small maps. */
  readonly numbers?: boolean;
}

export interface MapsOptions {
  readonly label?: string;
  /** The first channel. */
  readonly from?: number;
  /** How many channels. */
  readonly count?: number;
}

export interface MaskOptions {
  readonly photo?: Photo;
  /** How much of the mask lies over the photo, 0-1. */
  readonly opacity?: number;
}

export interface BarsOptions {
  readonly label?: string;
  readonly unit?: string;
}

/** Something to look at. */
export class View {
  constructor(readonly wish: Wish) {}
}

/** The views of the notebook. Each is a value: the result of a cell, or what `display` is given. */
export const show = {
  map: (tensor: tf.Tensor, options: MapOptions = {}) => new View({kind: "map", tensor, options}),
  maps: (tensor: tf.Tensor, options: MapsOptions = {}) => new View({kind: "maps", tensor, options}),
  mask: (mask: Mask, options: MaskOptions = {}) => new View({kind: "mask", mask, options}),
  bars: (values: unknown, options: BarsOptions = {}) => new View({kind: "bars", values, options}),
  table: (rows: readonly Readonly<Record<string, unknown>>[]) => new View({kind: "table", rows})
} as const;

/** A drawing as SVG: a tag for templates, in which lists are joined. It is shown as a picture, so no script in it runs. */
export function svg(strings: TemplateStringsArray, ...values: readonly unknown[]): View {
  const text = String.raw({raw: strings}, ...values.map((value) => (Array.isArray(value) ? value.join("") : value)));
  const [, title = "Drawing"] = /<title>([^<]*)<\/title>/.exec(text) ?? [];
  return new View({kind: "svg", text, title});
}
