import type {Box, Canvas} from "../drawing/canvas.js";
import type {Palette} from "../formats/label-colours.js";

/** Which part of a photo a canvas shows: where its upper left corner lies, and how large a pixel of it is, in pixels of the canvas. */
interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** How much of its colour a class gets that is most of a photo, so that the photo can be seen below: of 255. */
const THIN = 110;

/**
 * Colours of ids as an `ImageData` holds them; ids without one are transparent.
 *
 * @param colours of the classes, by id
 * @param background id of the class whose colour is laid on thinly
 */
export function colourTable(colours: ReadonlyMap<number, Palette[number]>, background: number): Uint32Array {
  const table = new Uint32Array(256);
  // Little-endian, as every platform with a browser is.
  for (const [id, [r, g, b]] of colours) table[id] = (((id === background ? THIN : 255) << 24) | (b << 16) | (g << 8) | r) >>> 0;
  return table;
}

/**
 * Paints labels as a view shows them: the colour of the pixel at each place, none between two. Its time goes with the part that is painted,
 * not with the photo's size.
 *
 * @param colours as of `colourTable`
 * @param part of the context's canvas that is painted; all of it by default
 */
export function paintLabels(
  context: CanvasRenderingContext2D,
  {width, height, ids}: Canvas,
  colours: Uint32Array,
  {scale, x, y}: View,
  part: Box = {left: 0, top: 0, right: context.canvas.width, bottom: context.canvas.height}
): void {
  const [columns, rows] = [part.right - part.left, part.bottom - part.top];
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const across = Int32Array.from({length: columns}, (_, column) => {
    const at = Math.floor((part.left + column + 0.5 - x) / scale);
    return at >= 0 && at < width ? at : -1;
  });
  for (let row = 0; row < rows; row++) {
    const at = Math.floor((part.top + row + 0.5 - y) / scale);
    if (at < 0 || at >= height) continue;
    const [from, to] = [at * width, row * columns];
    for (let column = 0; column < columns; column++) {
      const offset = across[column]!;
      if (offset >= 0) pixels[to + column] = colours[ids[from + offset]!]!;
    }
  }
  context.putImageData(image, part.left, part.top);
}

/** A photo that is painted in any size: smaller ones are made once, when they are first needed. */
export function scaledPhoto(photo: HTMLCanvasElement): (context: CanvasRenderingContext2D, view: View) => void {
  /** Each half as large as the one before. */
  const sizes = [photo];
  const sizeFor = (scale: number): HTMLCanvasElement => {
    let index = 0;
    for (; scale <= 0.5 ** (index + 1) && sizes[index]!.width > 1; index++) sizes[index + 1] ??= halved(sizes[index]!);
    return sizes[index]!;
  };
  return (context, {scale, x, y}) => {
    const source = sizeFor(scale);
    context.imageSmoothingEnabled = scale < 2;
    context.drawImage(source, x, y, photo.width * scale, photo.height * scale);
  };
}

function halved(source: HTMLCanvasElement): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(source.width / 2);
  canvas.height = Math.ceil(source.height / 2);
  const context = canvas.getContext("2d")!;
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}
