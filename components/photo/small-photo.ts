import {html} from "htl";
import {whenNear} from "../page/when-near.js";

/** On screen, in CSS pixels; it is painted for screens of twice as many. */
const SIZE = {width: 72, height: 54};

/**
 * A photo in small, painted once the reader comes near. No `<img>` of the photo's file: where the CPU paints the page, Chromium keeps what
 * it decoded of the last thousand of these, each as large as the photo, and of those too that are on the page no more.
 *
 * @param options.name what those hear who do not see it; empty where it stands beside the picture
 * @param options.paint rejects where the photo cannot be decoded, which leaves its name in the picture's place
 * @param options.signal says that it is needed no more
 */
export function smallPhoto({
  name,
  paint,
  signal
}: {
  readonly name: string;
  paint(canvas: HTMLCanvasElement): Promise<void>;
  readonly signal: AbortSignal;
}): HTMLElement {
  const canvas = html`<canvas width=${2 * SIZE.width} height=${2 * SIZE.height}></canvas>` as HTMLCanvasElement;
  if (name) {
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", name);
  } else canvas.setAttribute("aria-hidden", "true");
  const picture = html`<span class="small-photo">${canvas}</span>` as HTMLElement;
  whenNear(picture, signal, () => void paint(canvas).catch(() => picture.replaceChildren(name)));
  return picture;
}
