import {readdir, stat} from "node:fs/promises";
import path from "node:path";

/** A photo on disk. */
export interface PhotoFile {
  /** Of the file, without its folder. */
  readonly name: string;
  readonly path: string;
}

/** What is a photo in a folder, by its ending; what is none is passed over without a word. */
const ENDINGS = /\.(jpe?g|png|webp|avif|gif|tiff?|heic|heif|bmp)$/i;

/**
 * The photos that are named, and those in folders that are named, by their names.
 *
 * @throws Error with a sentence for the reader: nothing there, a folder without photos, two photos of the same name
 */
export async function photosIn(sources: readonly string[]): Promise<PhotoFile[]> {
  const photos: PhotoFile[] = [];
  for (const source of sources) {
    const found = await stat(source).catch(() => null);
    if (!found) throw new Error(`There is no photo and no folder ${source}.`);
    if (!found.isDirectory()) photos.push({name: path.basename(source), path: source});
    else {
      const names = (await readdir(source)).filter((name) => ENDINGS.test(name)).sort();
      if (names.length === 0) throw new Error(`There are no photos in the folder ${source}.`);
      photos.push(...names.map((name) => ({name, path: path.join(source, name)})));
    }
  }
  const paths = new Map<string, string>();
  for (const photo of photos) {
    const other = paths.get(photo.name);
    if (other !== undefined)
      throw new Error(`${other} and ${photo.path} have the same name, and so would their masks: segment one after the other.`);
    paths.set(photo.name, photo.path);
  }
  return photos;
}
