import {readdir} from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import {shared} from "../shared.js";
import type {SquarePhoto} from "./in-node.js";

/** A real photo, the first of the sample data set, stretched to a square. */
export async function samplePhoto(size: number): Promise<SquarePhoto> {
  const folder = shared("voc-sample/JPEGImages");
  const [first] = (await readdir(folder)).sort();
  return {size, rgb: await sharp(path.join(folder, first!)).resize(size, size, {fit: "fill"}).removeAlpha().raw().toBuffer()};
}
