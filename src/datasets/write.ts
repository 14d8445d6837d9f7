import {encode} from "fast-png";
import {stemOf} from "../formats/file-tree.js";
import {palettePng} from "../formats/mask.js";
import type {Palette} from "../formats/label-colours.js";
import {maskOf} from "./dataset.js";
import type {LabelledPhoto, Split} from "./dataset.js";
import type {PhotoSize} from "./mend.js";
import {shardName, writeRecord} from "./tfrecord.js";

/** A file of a data set that is written. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a photo's bytes begin with, by the ending that its name should have. */
const SIGNATURES: readonly (readonly [ending: string, test: (bytes: Uint8Array) => boolean])[] = [
  ["jpg", (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8],
  ["png", (bytes) => bytes[0] === 0x89 && bytes[1] === 0x50],
  ["webp", (bytes) => String.fromCharCode(...bytes.subarray(8, 12)) === "WEBP"],
  ["bmp", (bytes) => bytes[0] === 0x42 && bytes[1] === 0x4d]
];

/**
 * The files of splits in the VOC layout: photos as they are, masks with a palette, a list for each split, and what the classes are called.
 *
 * @param options.classes names of the classes in the order of their ids, for `labels.txt`
 * @throws Error with a sentence for the reader on a mask that cannot be read
 */
export async function* vocFiles(
  splits: readonly Split[],
  {palette, classes}: {readonly palette: Palette; readonly classes?: readonly string[] | undefined}
): AsyncGenerator<WrittenFile> {
  const written = new Set<string>();
  for (const split of splits) {
    const ids: string[] = [];
    for (const item of split.items) {
      // Another split may have another photo of that name.
      const id = written.has(item.id) ? `${split.name}_${item.id}` : item.id;
      written.add(id);
      ids.push(id);
      const photo = await item.photo.bytes();
      const mask = await maskFile(item, palette);
      yield {path: VOC_PATHS.photo(id, endingOf(photo, item)), bytes: photo};
      yield {path: VOC_PATHS.mask(id), bytes: mask};
    }
    yield {path: VOC_PATHS.list(split.name), bytes: lines(ids)};
  }
  if (classes) yield {path: VOC_PATHS.classes, bytes: lines(classes)};
}

/** Where the files of the VOC layout lie. */
export const VOC_PATHS = {
  photo: (id: string, ending: string) => `JPEGImages/${id}.${ending}`,
  mask: (id: string) => `SegmentationClass/${id}.png`,
  list: (split: string) => `ImageSets/Segmentation/${split}.txt`,
  classes: "labels.txt"
} as const;

/** The mask of a photo as that layout has it. @throws Error with a sentence for the reader where it cannot be read */
export async function maskFile(item: LabelledPhoto, palette: Palette): Promise<Uint8Array> {
  const {width, height, ids} = await maskOf(item);
  return palettePng({width, height, labels: ids}, palette);
}

/** Photos of a shard, as the release's own scripts divide them: as many shards as are asked for, all as long but the last. */
function* inShards(items: readonly LabelledPhoto[], shards: number): Generator<readonly LabelledPhoto[]> {
  const length = Math.ceil(items.length / shards);
  for (let index = 0; index < shards; index++) yield items.slice(index * length, (index + 1) * length);
}

/**
 * The shards of splits as the release's training program reads them.
 *
 * @param options.shards how many a split
 * @throws Error with a sentence for the reader on a photo that is neither JPEG nor PNG, or a mask that cannot be read
 */
export async function* tfRecordFiles(
  splits: readonly Split[],
  {shards, photoSize}: {readonly shards: number; readonly photoSize: PhotoSize}
): AsyncGenerator<WrittenFile> {
  for (const {name, items} of splits) {
    let index = 0;
    for (const part of inShards(items, Math.min(shards, items.length))) {
      const records: Uint8Array[] = [];
      for (const item of part) records.push(await recordOf(item, photoSize));
      yield {
        path: shardName(name, index++, Math.min(shards, items.length)),
        bytes: new Uint8Array(await new Blob(records as BlobPart[]).arrayBuffer())
      };
    }
  }
}

async function recordOf(item: LabelledPhoto, photoSize: PhotoSize): Promise<Uint8Array> {
  const photo = await item.photo.bytes();
  const ending = endingOf(photo, item);
  if (ending !== "jpg" && ending !== "png") {
    throw new Error(`The photo ${item.photo.name} is neither a JPEG nor a PNG file, and records hold no others: save it as one of them.`);
  }
  const {width, height} = await photoSize(photo, item.photo.name);
  const mask = await maskOf(item);
  // Grey, without a palette, as the release's own script leaves them.
  const bytes = encode({width: mask.width, height: mask.height, data: mask.ids, channels: 1, depth: 8});
  return writeRecord({id: item.id, photo, photoFormat: ending === "jpg" ? "jpeg" : "png", mask: bytes, width, height});
}

function endingOf(bytes: Uint8Array, {photo: {name}}: LabelledPhoto): string {
  const found = SIGNATURES.find(([, test]) => test(bytes));
  return found?.[0] ?? (name.slice(stemOf(name).length).replace(/^.*\./, "") || "jpg");
}

/** A file of a line each. */
export function lines(texts: readonly string[]): Uint8Array {
  return new TextEncoder().encode(texts.map((text) => `${text}\n`).join(""));
}
