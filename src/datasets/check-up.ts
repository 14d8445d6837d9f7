import {decodeMaskPicture} from "../formats/mask-picture.js";
import type {MaskPicture} from "../formats/mask-picture.js";
import {sha256} from "../formats/sha256.js";
import {countMask, newCensus} from "./census.js";
import type {Census} from "./census.js";
import type {Dataset, LabelledPhoto, Split} from "./dataset.js";
import {findingsOf} from "./findings.js";
import type {Expected, Finding, SizeFault} from "./finding.js";
import type {PhotoSize} from "./mend.js";

/** What a look at every photo and mask of a split has found. */
export interface CheckUp {
  readonly photos: number;
  readonly census: Census;
  /** The gravest first. */
  readonly findings: readonly Finding[];
}

/**
 * Looks at every photo and mask of a split.
 *
 * @param options.photoSize decodes enough of a photo for its size, and fails where it is none
 * @param options.onPhoto called after each
 * @param options.withOthers looks for its photos in the other lists too, for which all of these are read; not by default
 * @param options.signal ends it with a DOMException "AbortError"
 */
export async function checkUp(
  dataset: Dataset,
  split: Split,
  expected: Expected,
  {
    photoSize,
    onPhoto = () => {},
    withOthers = false,
    signal
  }: {
    readonly photoSize: PhotoSize;
    onPhoto?(): void;
    readonly withOthers?: boolean;
    readonly signal?: AbortSignal;
  }
): Promise<CheckUp> {
  const census = newCensus();
  const unreadable: {id: string; sentence: string}[] = [];
  const sizes: SizeFault[] = [];
  const digests = new Map<string, string>();
  const repeated: {id: string; like: string}[] = [];
  for (const item of split.items) {
    signal?.throwIfAborted();
    try {
      const photo = await item.photo.bytes();
      if (photo.length === 0) throw new Error(`The photo ${item.photo.name} is empty.`);
      const digest = await sha256(photo);
      const like = digests.get(digest);
      if (like !== undefined) repeated.push({id: item.id, like});
      digests.set(digest, item.id);
      const size = await photoSize(photo, item.photo.name);
      const mask = await maskPictureOf(item);
      countMask(census, item.id, mask);
      if (mask.width !== size.width || mask.height !== size.height) sizes.push({id: item.id, mask, photo: size});
    } catch (error) {
      unreadable.push({id: item.id, sentence: error instanceof Error ? error.message : String(error)});
    }
    onPhoto();
  }
  const shared = withOthers ? await sharedWith(dataset, split, digests, signal) : [];
  return {
    photos: split.items.length,
    census,
    findings: findingsOf({dataset, split, census, unreadable, sizes, repeated, shared}, expected)
  };
}

/** The pixels of a photo's mask as they are. @throws Error with a sentence for the reader where it cannot be read */
export async function maskPictureOf({labels}: LabelledPhoto): Promise<MaskPicture> {
  if (!("draw" in labels)) return decodeMaskPicture(await labels.bytes(), labels.name);
  const {width, height, ids} = await labels.draw();
  return {width, height, channels: 1, depth: 8, values: ids} as const;
}

/** Photos that another split has as well, byte for byte. */
async function sharedWith(dataset: Dataset, split: Split, digests: ReadonlyMap<string, string>, signal?: AbortSignal) {
  const found: {id: string; split: string}[] = [];
  for (const name of dataset.splits) {
    if (name === split.name || contains(name, split.name) || contains(split.name, name)) continue;
    const other = await dataset.read(name).catch(() => null);
    for (const item of other?.items ?? []) {
      signal?.throwIfAborted();
      const bytes = await item.photo.bytes().catch(() => null);
      const id = bytes && digests.get(await sha256(bytes));
      if (id !== null && id !== undefined) found.push({id, split: name});
    }
  }
  return found;
}

/** "trainval" is made of "train" and "val". */
function contains(name: string, part: string): boolean {
  return name === "trainval" && (part === "train" || part === "val");
}
