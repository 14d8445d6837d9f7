import {pictureFigure} from "./picture-figure.js";
import type {PictureFigure, Point} from "./picture-figure.js";
import {splitHandle} from "../fields/split-handle.js";

export interface SegmentationFigure extends PictureFigure {
  /** Shows the compare handle at 0-1 of the width; null hides it. */
  split(position: number | null): void;
}

/** The picture named "Segmentation", with the handle of the compare view. */
export function segmentationFigure(options: {
  onPoint(point: Point): void;
  onLeave(): void;
  onChoose(point: Point): void;
  onSplit(position: number): void;
}): SegmentationFigure {
  const handle = splitHandle({label: "Compare position", onSplit: options.onSplit});
  const figure = pictureFigure({label: "Segmentation", ...options}) as SegmentationFigure;
  figure.append(handle);
  figure.split = handle.show;
  return figure;
}
