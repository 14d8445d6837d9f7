import {legendEntries} from "../../components/classes/class-legend.js";
import type {LegendEntry} from "../../components/classes/class-legend.js";
import {BACKGROUND} from "../../data/labels/index.js";
import {classShares} from "../../engine/labels/pixel.js";
import type {DecodedPhoto} from "../../media/decode.js";
import {drawnMask} from "../../media/drawn-mask.js";
import {paintOverlay} from "../../media/picture.js";
import type {Palette} from "../../formats/label-colours.js";
import {OVERLAY_OPACITY} from "../../formats/overlay-look.js";
import type {Segmentation} from "../../worker/protocol.js";

export interface Segmented {
  readonly photo: DecodedPhoto;
  readonly width: number;
  readonly height: number;
  readonly labels: Uint8Array;
  /** The classes that occur, the largest first. */
  readonly classes: readonly LegendEntry[];
  /** Draws photo and mask onto a canvas of the photo's size. */
  paint(context: CanvasRenderingContext2D): void;
}

/** A label map over its photo, ready to be drawn. */
export function segmented(
  photo: DecodedPhoto,
  {width, height, labels, classes, palette}: Pick<Segmentation, "width" | "height" | "labels" | "classes"> & {readonly palette: Palette}
): Segmented {
  const hidden = new Set(classes.flatMap((name, id) => (name === BACKGROUND ? [id] : [])));
  const mask = drawnMask({width, height, labels}, palette, hidden);
  return {
    photo,
    width,
    height,
    labels,
    classes: legendEntries(classShares(labels, classes.length), classes, palette),
    paint: paintOverlay(photo.canvas, mask, OVERLAY_OPACITY)
  };
}
