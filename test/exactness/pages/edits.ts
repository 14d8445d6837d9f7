/** Runs inside Chromium: photos changed by the page's code, and by the filters of the browser's own canvas. */
import type {Edit} from "../../../src/engine/photo-edits/edit.js";
import type {DecodedPhoto} from "../../../src/media/decode.js";
import {applyEdits, photoEditor} from "../../../src/media/edits.js";
import {parseEdits} from "../../../src/pages/inspector/perturb/edit-text.js";

/** Bytes of three pictures: of the photo before and after, and of the changed one's canvas. */
export interface Changed {
  readonly before: number[];
  readonly rgba: number[];
  readonly canvas: number[];
  /** The photo's own bytes and canvas once it was changed. */
  readonly kept: number[];
  readonly keptCanvas: number[];
  readonly name: string;
}

export function changed(width: number, height: number, edits: string): Changed {
  const photo = photoOf(width, height);
  const before = [...photo.rgba];
  const result = applyEdits(photo, parseEdits(edits)!);
  return {
    before,
    rgba: [...result.rgba],
    canvas: pixelsOf(result.canvas),
    kept: [...photo.rgba],
    keptCanvas: pixelsOf(photo.canvas),
    name: result.name
  };
}

/** The same photo through a filter of CSS. */
export function filtered(width: number, height: number, filter: string): number[] {
  const canvas = canvasOf(width, height);
  const context = canvas.getContext("2d")!;
  context.filter = filter;
  context.drawImage(photoOf(width, height).canvas, 0, 0);
  return pixelsOf(canvas);
}

/** Whether an editor gives, list after list, what each list gives by itself. */
export function editedInTurn(width: number, height: number, lists: string[]): boolean[] {
  const photo = photoOf(width, height);
  const editor = photoEditor();
  let edits: readonly Edit[] = [];
  return lists.map((text) => {
    // As the page does it: an edit that stays is the same object in the next list.
    edits = parseEdits(text)!.map((edit) => edits.find((other) => JSON.stringify(other) === JSON.stringify(edit)) ?? edit);
    const expected = applyEdits(photo, edits).rgba;
    return editor(photo, edits).rgba.every((value, i) => value === expected[i]);
  });
}

/** Smooth colours that stay away from the ends of their range, so that no filter clips them. */
function photoOf(width: number, height: number): DecodedPhoto {
  const rgba = Uint8ClampedArray.from({length: width * height * 4}, (_, i) => {
    const pixel = Math.floor(i / 4);
    return i % 4 === 3 ? 255 : 125 + 18 * Math.sin((pixel % width) / 7 + 2 * (i % 4)) + 12 * Math.cos(Math.floor(pixel / width) / 5);
  });
  const canvas = canvasOf(width, height);
  canvas.getContext("2d")!.putImageData(new ImageData(rgba, width, height), 0, 0);
  return {name: "waves.png", width, height, rgba, canvas, notices: []};
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d", {willReadFrequently: true});
  return canvas;
}

function pixelsOf(canvas: HTMLCanvasElement): number[] {
  return [...canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data];
}
