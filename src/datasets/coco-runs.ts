import type {Canvas} from "../drawing/canvas.js";

/** COCO's run lengths: of pixels outside and inside by turns, column after column from the left, each from the top. */
export interface Runs {
  /** Height and width. */
  readonly size: readonly [number, number];
  /** The lengths, or the text that pycocotools makes of them. */
  readonly counts: readonly number[] | string;
}

/** Draws runs. @throws Error with a sentence for the reader where they do not fill the photo */
export function fillRuns({width, height, ids}: Canvas, {size, counts}: Runs, id: number, called: string): void {
  const lengths = typeof counts === "string" ? lengthsOf(counts) : counts;
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (size[0] !== height || size[1] !== width || total !== width * height || lengths.some((length) => !(length >= 0))) {
    throw new Error(`${called} has runs over ${total} pixels of ${size[1]}x${size[0]}; the photo has ${width}x${height}.`);
  }
  let at = 0;
  lengths.forEach((length, index) => {
    if (index % 2 === 1) for (let i = at; i < at + length; i++) ids[(i % height) * width + Math.floor(i / height)] = id;
    at += length;
  });
}

const BITS = 5;
const MORE = 32;
const SIGN = 16;
/** The text's digits begin at this character, "0". */
const FIRST = 48;

/** Lengths from pycocotools' text: five bits a character, from the third length on less the one two before. */
function lengthsOf(text: string): number[] {
  const lengths: number[] = [];
  let at = 0;
  while (at < text.length) {
    let value = 0;
    let shift = 0;
    let digit: number;
    do {
      digit = text.charCodeAt(at++) - FIRST;
      value += (digit & (MORE - 1)) * 2 ** shift;
      shift += BITS;
    } while ((digit & MORE) !== 0 && at < text.length);
    if ((digit & SIGN) !== 0) value -= 2 ** shift;
    lengths.push(value + (lengths.length > 2 ? lengths[lengths.length - 2]! : 0));
  }
  return lengths;
}
