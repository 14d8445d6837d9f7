import type {Canvas} from "../drawing/canvas.js";
import {checkPictureSize} from "../formats/picture-size.js";
import type {PictureSize} from "../formats/picture-size.js";

/**
 * A canvas of the size that a file of labels states, all of the first class.
 *
 * @param called for the sentence
 * @throws Error with a sentence for the reader where that is no size of a picture
 */
export function canvasOf({width, height}: PictureSize, called: string): Canvas {
  checkPictureSize({width, height}, called);
  return {width, height, ids: new Uint8Array(width * height)};
}
