import type {View} from "./view-transform.js";

/** A rectangle of whole pixels: from `left` and `top` up to, without, `right` and `bottom`. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A photo with its labels, as a view of them is painted. Views are in the canvas's own pixels. */
export interface LabelPicture {
  readonly width: number;
  readonly height: number;
  paintPhoto(context: CanvasRenderingContext2D, view: View): void;
  /** @param part of the canvas that is painted; all of it by default */
  paintLabels(context: CanvasRenderingContext2D, view: View, part?: Rectangle): void;
}

/** Screen pixels are divided into so many at most: more are not seen, and take their time. */
const FINEST = 2;

/** Two canvases, a photo and its labels over it, which are sized together. */
export interface Layers {
  readonly photo: HTMLCanvasElement;
  readonly labels: HTMLCanvasElement;
  /** Takes a size in pixels of the screen. */
  resize(size: {readonly width: number; readonly height: number}): void;
  paint(picture: LabelPicture | null, view: View): void;
  /** Paints the labels alone, those of a part of the photo where one is given. */
  paintLabels(picture: LabelPicture, view: View, part?: Rectangle): void;
}

/** @param canvas makes one */
export function layers(canvas: () => HTMLCanvasElement): Layers {
  const [photo, labels] = [canvas(), canvas()];
  let ratio = 1;
  const inPixels = ({scale, x, y}: View): View => ({scale: scale * ratio, x: x * ratio, y: y * ratio});

  function paintLabels(picture: LabelPicture, view: View, part?: Rectangle): void {
    const {scale, x, y} = inPixels(view);
    const seen = part && {
      left: Math.max(0, Math.floor(part.left * scale + x)),
      top: Math.max(0, Math.floor(part.top * scale + y)),
      right: Math.min(labels.width, Math.ceil(part.right * scale + x)),
      bottom: Math.min(labels.height, Math.ceil(part.bottom * scale + y))
    };
    if (seen && (seen.left >= seen.right || seen.top >= seen.bottom)) return;
    picture.paintLabels(labels.getContext("2d")!, {scale, x, y}, seen);
  }

  return {
    photo,
    labels,
    resize({width, height}) {
      ratio = Math.min(FINEST, Math.max(1, devicePixelRatio));
      for (const each of [photo, labels]) {
        each.width = Math.round(width * ratio);
        each.height = Math.round(height * ratio);
      }
    },
    paint(picture, view) {
      const context = photo.getContext("2d")!;
      context.clearRect(0, 0, photo.width, photo.height);
      if (!picture) return labels.getContext("2d")!.clearRect(0, 0, labels.width, labels.height);
      picture.paintPhoto(context, inPixels(view));
      paintLabels(picture, view);
    },
    paintLabels
  };
}
