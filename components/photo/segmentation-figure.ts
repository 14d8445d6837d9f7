import {html} from "htl";
import {pictureFigure} from "./picture-figure.js";
import type {PictureFigure, Point} from "./picture-figure.js";
import {splitHandle} from "../fields/split-handle.js";

/** A name, and the point of the picture in whose middle it stands. */
export interface PlacedName extends Point {
  readonly name: string;
}

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
  // Those who listen hear them in the description.
  const names = html`<div class="mask-names" aria-hidden="true"></div>` as HTMLElement;
  figure.append(names, handle);
  figure.name = (placed) =>
    names.replaceChildren(
      ...placed.map(
        ({name, x, y}) => html`<span style=${`--x:${(100 * x).toFixed(2)}%;--y:${(100 * y).toFixed(2)}%`}>${name}</span>` as Node
      )
    );
  figure.split = handle.show;
  return figure;
}
