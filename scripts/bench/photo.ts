import {existsSync} from "node:fs";
import {readdir} from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";

/**
 * The photo that everything is timed on: the first of the sample data set in `shared`.
 *
 * @param shared folder that holds `voc-sample`
 * @throws Error with a sentence for the reader when it is not there
 */
export async function benchPhoto(shared: string): Promise<string> {
  const folder = path.join(shared, "voc-sample/JPEGImages");
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith(".jpg")).sort() : [];
  if (names.length === 0) throw new Error(`There is no photo in ${folder}.`);
  return path.join(folder, names[0]!);
}

/** The photo stretched to size x size pixels, raw RGB. */
export async function squarePixels(photo: string, size: number): Promise<Uint8Array> {
  return sharp(photo).resize(size, size, {fit: "fill"}).removeAlpha().toColourspace("srgb").raw().toBuffer();
}
