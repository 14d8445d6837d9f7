import {decode, hasPngSignature} from "fast-png";

/**
 * A folder in the layout of PASCAL VOC: `JPEGImages/<id>.jpg`, `SegmentationClass/<id>.png` (one channel, pixel =
 * class id, 255 = ignore) and lists of ids, `ImageSets/Segmentation/<split>.txt` or `<split>.txt` beside the folders.
 */

/** The files of a folder, wherever they are: on a disk, or chosen in a page. */
export interface FileTree {
  /** Paths of all files, relative to the folder, separated by "/". */
  readonly paths: readonly string[];
  /** Bytes of one of them. */
  read(path: string): Promise<Uint8Array>;
}

/** One photo with its labels. */
export interface VocItem {
  readonly id: string;
  /** Path of the photo in the tree. */
  readonly photo: string;
  /** Path of the mask in the tree. */
  readonly mask: string;
}

export interface VocSplit {
  /** Name of the list that was read, e.g. "val". */
  readonly name: string;
  readonly items: readonly VocItem[];
}

/** Class ids of a photo, row by row from the top. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly ids: Uint8Array;
}

/** Label of pixels that never count. */
export const IGNORE = 255;

/** Lists that are looked for, in this order, when no split is asked for. */
const SPLITS = ["val", "trainval", "train"];
const LIST_FOLDERS = ["ImageSets/Segmentation/", ""];
const PHOTO_ENDINGS = [".jpg", ".jpeg", ".JPG", ".JPEG", ".png"];

/**
 * The photos of a split and their masks; pictures are not opened.
 *
 * @param split name of a list, without ".txt"; by default the first that is there of val, trainval and train
 * @throws Error with a sentence for the reader: not this layout, no such list, an empty list, a photo or mask missing
 */
export async function readSplit(tree: FileTree, split?: string): Promise<VocSplit> {
  const paths = new Set(tree.paths);
  const missing = ["JPEGImages", "SegmentationClass"].filter((folder) => !tree.paths.some((path) => path.startsWith(`${folder}/`)));
  if (missing.length > 0) throw new Error(`This is not a folder in the VOC layout: it has no pictures in ${missing.join(" and ")}.`);

  const wanted = split === undefined ? SPLITS : [split];
  const list = wanted
    .flatMap((name) => LIST_FOLDERS.map((folder) => ({name, path: `${folder}${name}.txt`})))
    .find(({path}) => paths.has(path));
  if (!list) {
    const there = tree.paths.filter((path) =>
      LIST_FOLDERS.some((folder) => /^[^/]+\.txt$/.test(path.slice(folder.length)) && path.startsWith(folder))
    );
    throw new Error(
      `The folder has no list of photos: looked for ${wanted.map((name) => `${name}.txt`).join(", ")} in ImageSets/Segmentation and beside it; ` +
        (there.length > 0 ? `found ${there.join(", ")}.` : "found no .txt file there.")
    );
  }

  const text = new TextDecoder().decode(await tree.read(list.path));
  const ids = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (ids.length === 0) throw new Error(`The list ${list.path} is empty.`);
  const items = ids.map((id): VocItem => {
    const photo = PHOTO_ENDINGS.map((ending) => `JPEGImages/${id}${ending}`).find((path) => paths.has(path));
    if (!photo) throw new Error(`${list.path} names "${id}", but there is no photo JPEGImages/${id}.jpg.`);
    const mask = `SegmentationClass/${id}.png`;
    if (!paths.has(mask)) throw new Error(`The photo ${photo} has no mask: SegmentationClass/${id}.png is missing.`);
    return {id, photo, mask};
  });
  return {name: list.name, items};
}

/**
 * A split without some of its photos, e.g. those whose mask is known to be wrong.
 *
 * @throws Error with a sentence for the reader where the split has no photo of such a name, or none is left
 */
export function withoutPhotos(split: VocSplit, names: readonly string[]): VocSplit {
  const unknown = names.find((name) => !split.items.some(({id}) => id === name));
  if (unknown !== undefined) throw new Error(`The list ${split.name} has no photo "${unknown}" that could be left out.`);
  const items = split.items.filter(({id}) => !names.includes(id));
  if (items.length === 0) throw new Error(`Without these photos nothing is left of the list ${split.name}.`);
  return {...split, items};
}

/**
 * Class ids from a mask file. A palette PNG gives its raw indices, a grey one its values; colours are never looked at.
 *
 * @param name of the file, for messages
 * @throws Error with a sentence for the reader: not a PNG, or a PNG whose pixels are not one id each
 */
export function decodeMask(bytes: Uint8Array, name: string): Mask {
  if (!hasPngSignature(bytes)) throw new Error(`The mask ${name} is not a PNG file.`);
  const {width, height, depth, channels, data} = decodePng(bytes, name);
  if (channels !== 1 || depth > 8) {
    throw new Error(
      `The mask ${name} holds ${channels > 1 ? "colours" : `${depth}-bit values`}; a mask of the VOC layout is a palette or 8-bit grey PNG whose pixels are class ids.`
    );
  }
  // Where a byte holds several pixels, rows start on whole bytes (PNG specification, section 7.2).
  const bytesPerRow = Math.ceil((width * depth) / 8);
  if (data.length !== bytesPerRow * height)
    throw new Error(`The mask ${name} is interlaced with ${depth} bits a pixel, which is not supported.`);
  const perByte = 8 / depth;
  const ids = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = data[y * bytesPerRow + Math.floor(x / perByte)]!;
      ids[y * width + x] = (byte >> (8 - depth * ((x % perByte) + 1))) & ((1 << depth) - 1);
    }
  }
  return {width, height, ids};
}

function decodePng(bytes: Uint8Array, name: string): ReturnType<typeof decode> {
  try {
    return decode(bytes);
  } catch (error) {
    throw new Error(`The mask ${name} cannot be decoded: ${error instanceof Error ? error.message : String(error)}.`, {cause: error});
  }
}

/** The ids that a mask holds, in order, 255 included. */
export function idsIn({ids}: Mask): number[] {
  const seen = new Uint8Array(256);
  for (const id of ids) seen[id] = 1;
  return Array.from(seen.keys()).filter((id) => seen[id] === 1);
}

/**
 * Checks a mask against its photo and the classes of a model.
 *
 * @throws Error with a sentence for the reader: sizes differ, or an id is neither a class nor 255
 */
export function checkMask(mask: Mask, photo: {readonly width: number; readonly height: number}, classes: number, id: string): void {
  if (mask.width !== photo.width || mask.height !== photo.height) {
    throw new Error(`The mask of "${id}" is ${mask.width}x${mask.height} pixels, its photo ${photo.width}x${photo.height}.`);
  }
  const beyond = idsIn(mask).filter((value) => value >= classes && value !== IGNORE);
  if (beyond.length > 0) {
    throw new Error(
      `The mask of "${id}" holds ids that are no class of the model: ${beyond.join(", ")}; it has ${classes} classes, 0 to ${classes - 1}, and 255 for ignored pixels.`
    );
  }
}
