import type {DecodedPhoto} from "./decode.js";

/** The middle square of a photo as brightness, size x size values from 0 (black) to 1 (white), row by row. */
export function brightness(photo: DecodedPhoto, size: number): Float32Array {
  const data = middleSquare(photo, size);
  // Rec. 601 luma, as JPEG has it.
  return Float32Array.from(
    {length: size * size},
    (_, i) => (0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!) / 255
  );
}

/** The middle square of a photo as red, green and blue from 0 to 1: size x size x 3 values, the three of a cell together. */
export function redGreenBlue(photo: DecodedPhoto, size: number): Float32Array {
  const data = middleSquare(photo, size);
  return Float32Array.from({length: size * size * 3}, (_, i) => data[4 * Math.floor(i / 3) + (i % 3)]! / 255);
}

/** RGBA bytes of the middle square, scaled to size x size. */
function middleSquare(photo: DecodedPhoto, size: number): Uint8ClampedArray {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d", {willReadFrequently: true})!;
  const side = Math.min(photo.width, photo.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(photo.canvas, (photo.width - side) / 2, (photo.height - side) / 2, side, side, 0, 0, size, size);
  return context.getImageData(0, 0, size, size).data;
}
