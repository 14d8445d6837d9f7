import {legendEntries} from "../components/classes/class-legend.js";
import type {LegendEntry} from "../components/classes/class-legend.js";
import type {PlacedName} from "../components/photo/mask-names.js";
import {BACKGROUND} from "../data/labels/index.js";
import {classPlaces} from "../engine/labels/class-places.js";
import {classShares} from "../engine/labels/pixel.js";
import {maskInWords} from "../lab/mask-in-words.js";
import {regionNames} from "../lab/region-names.js";
import type {DecodedPhoto} from "../media/decode.js";
import {drawnMask} from "../media/drawn-mask.js";
import {paintOverlay} from "../media/picture.js";
import type {Palette} from "../formats/label-colours.js";
import {OVERLAY_OPACITY} from "../formats/overlay-look.js";
import type {Segmentation} from "../worker/protocol.js";

export interface Segmented {
  readonly photo: DecodedPhoto;
  readonly width: number;
  readonly height: number;
  readonly labels: Uint8Array;
  /** The classes that occur, the largest first. */
  readonly classes: readonly LegendEntry[];
  /** What the mask shows, and where. */
  readonly words: string;
  /** Finds the names that can stand on it. */
  names(): readonly PlacedName[];
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
  let words: string | undefined;
  return {
    photo,
    width,
    height,
    labels,
    get words() {
      return (words ??= maskInWords(classPlaces({width, height, labels}, classes.length), classes));
    },
    classes: legendEntries(classShares(labels, classes.length), classes, palette),
    names: () => regionNames({width, height, labels}, classes),
    paint: paintOverlay(photo.canvas, mask, OVERLAY_OPACITY)
  };
}
