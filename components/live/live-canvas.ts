import {html} from "htl";
import {described} from "../page/described.js";

export interface LiveCanvas extends HTMLElement {
  readonly canvas: HTMLCanvasElement;
  /** Shows a picture, which is handed over. */
  show(picture: ImageBitmap): void;
  /** Says what it shows to those who do not see it. */
  describe(words: string): void;
}

/**
 * The picture named "Live segmentation": pictures are handed to it, nothing is copied. It keeps the last one.
 *
 * @param options.placeholder what the reader should do before the first picture
 */
export function liveCanvas({placeholder}: {placeholder: string}): LiveCanvas {
  const canvas = html`<canvas role="img" aria-label="Live segmentation" width="4" height="3" hidden></canvas>` as HTMLCanvasElement;
  const description = described(canvas);
  const words = html`<p class="placeholder">${placeholder}</p>` as HTMLElement;
  const figure = html`<div class="figure live-figure">${canvas}${description}${words}</div>` as HTMLElement;
  const context = canvas.getContext("bitmaprenderer");
  figure.style.setProperty("--aspect", String(4 / 3));
  const show = (picture: ImageBitmap) => {
    const {width, height} = picture;
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, {width, height});
      figure.style.setProperty("--aspect", String(width / height));
    }
    if (canvas.hidden) {
      canvas.hidden = false;
      words.remove();
    }
    context!.transferFromImageBitmap(picture);
  };
  return Object.assign(figure, {canvas, show, describe: description.update});
}
