import type {Covered} from "../../engine/labels/postprocess.js";
import type {Palette} from "../../formats/label-colours.js";
import type {Labelling, Look} from "./look.js";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The grid of logits that a network made of a frame. */
export interface LogitsGrid {
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  /** Share of the grid's extent that the frame covers; the rest is padding. */
  readonly covered: Covered;
}

/** A coarse look at a label map: class ids at the middles of a few cells. All that is ever read back of it. */
export interface Survey extends Size {
  readonly ids: Uint8Array;
}

/**
 * Upsamples, colours and draws. The frame that was labelled last is the one that is drawn, so a frame never stands
 * under the mask of another. Textures are kept from frame to frame.
 *
 * @typeParam Values what the logits come as: an array, or what the GPU that computed them holds
 */
export interface LiveRenderer<Values> {
  /** Takes a frame, which will be labelled after those that were taken before; what is drawn stays what it is until then. */
  upload(frame: ImageBitmap | VideoFrame): void;
  /**
   * Makes the class map of the oldest frame that has none, or of the last anew.
   *
   * @param values logits, height x width x classes, row by row
   * @param milliseconds since the frame before, for smoothing
   */
  label(values: Values, grid: LogitsGrid, labelling: Labelling, milliseconds: number): void;
  /** What is written on the picture from now on: a transparent canvas, which counts in views of its size. */
  annotate(notes: OffscreenCanvas | null): void;
  /** Puts a picture behind the subject. */
  backdrop(picture: ImageBitmap): void;
  /** Draws the labelled frame. */
  draw(look: Look): void;
  /** What was drawn, and hands it over: blank where the device is lost by then, which only {@link settled} tells. */
  picture(): ImageBitmap;
  /** Waits until all that was asked for is done. @throws Error where the device was lost before that */
  settled(): Promise<void>;
  /** Looks at the class map on a coarse grid. */
  survey(): Promise<Survey>;
  /** Bytes of GPU memory, or main memory where there is no GPU, that the renderer keeps. */
  readonly bytes: number;
  dispose(): void;
}

export interface RendererOptions {
  readonly palette: Palette;
  /** Long side of the class map in pixels at most; a larger frame has a coarser map. */
  readonly detail: number;
}

/** Columns of a survey; as many rows as keep its cells square. */
const SURVEY_COLUMNS = 64;

/** Size of the survey of a frame. */
export function surveySize({width, height}: Size): Size {
  return {width: SURVEY_COLUMNS, height: Math.max(1, Math.round((SURVEY_COLUMNS * height) / width))};
}

/** Size of the class map of a frame. */
export function labelSize({width, height}: Size, detail: number): Size {
  const scale = Math.min(1, detail / Math.max(width, height));
  return {width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale))};
}

/** Size in pixels of a frame. */
export function sizeOf(frame: ImageBitmap | VideoFrame): Size {
  return "displayWidth" in frame ? {width: frame.displayWidth, height: frame.displayHeight} : {width: frame.width, height: frame.height};
}
