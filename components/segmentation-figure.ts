import {html} from "htl";
import {pictureFigure} from "./picture-figure.js";
import type {PictureFigure, Point} from "./picture-figure.js";

export interface SegmentationFigure extends PictureFigure {
  /** Shows the compare handle at 0-1 of the width; null hides it. */
  split(position: number | null): void;
}

/** Steps of the compare handle. */
const SPLIT_STEPS = 100;

/** The picture named "Segmentation", with the handle of the compare view. */
export function segmentationFigure(options: {onPoint(point: Point): void; onLeave(): void; onChoose(point: Point): void; onSplit(position: number): void}): SegmentationFigure {
  const handle = html`<input class="split" type="range" aria-label="Compare position" min="0" max=${SPLIT_STEPS} step="1" hidden
    oninput=${() => options.onSplit(Number(handle.value) / SPLIT_STEPS)} />` as HTMLInputElement;
  const figure = pictureFigure({label: "Segmentation", ...options}) as SegmentationFigure;
  figure.append(handle);
  figure.split = (position) => {
    handle.hidden = position === null;
    if (position !== null) handle.value = String(Math.round(position * SPLIT_STEPS));
  };
  return figure;
}
