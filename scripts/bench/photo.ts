import {readdir} from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";

/** The photo that everything is timed on: the first of the site's samples. */
export async function benchPhoto(): Promise<string> {
  const folder = path.join(import.meta.dirname, "../../data/samples");
  const [first] = (await readdir(folder)).filter((name) => name.endsWith(".jpg")).sort();
  if (first === undefined) throw new Error(`There is no photo in ${folder}.`);
  return path.join(folder, first);
}

/** The photo stretched to size x size pixels, raw RGB. */
export async function squarePixels(photo: string, size: number): Promise<Uint8Array> {
  return sharp(photo).resize(size, size, {fit: "fill"}).removeAlpha().toColourspace("srgb").raw().toBuffer();
}
