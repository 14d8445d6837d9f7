import {pictureFigure} from "./picture-figure.js";
import type {PictureFigure, Point} from "./picture-figure.js";
import {splitHandle} from "../fields/split-handle.js";
import {maskNames} from "./mask-names.js";
import type {PlacedName} from "./mask-names.js";

export interface SegmentationFigure extends PictureFigure {
  /** Writes names over the picture, and no others. */
  name(names: readonly PlacedName[]): void;
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
  const names = maskNames();
  figure.append(names, handle);
  figure.name = names.show;
  figure.split = handle.show;
  return figure;
}
