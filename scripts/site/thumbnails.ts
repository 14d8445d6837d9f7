import {mkdir} from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import {SAMPLES} from "../../data/samples/samples.js";
import {ROOT} from "./root.js";

/** Twice the pixels of a page, for dense screens. */
const SIZE = {width: 144, height: 108};

/** Writes a small copy of each sample photo, for the buttons that choose one. */
export async function writeThumbnails(): Promise<void> {
  const folder = path.join(ROOT, "src/vendor/thumbnails");
  await mkdir(folder, {recursive: true});
  await Promise.all(
    SAMPLES.map(({file}) =>
      sharp(path.join(ROOT, "data/samples", file))
        .resize({...SIZE, fit: "cover"})
        .jpeg({quality: 80})
        .toFile(path.join(folder, file))
    )
  );
}
