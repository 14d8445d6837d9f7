import {IGNORE, decodeMaskPicture, idsOf} from "../formats/mask-picture.js";
import type {Mask, MaskPicture} from "../formats/mask-picture.js";
import {hexOf, packed} from "./colours.js";
import {maskOf} from "./dataset.js";
import type {LabelledPhoto, Split} from "./dataset.js";

/** A way to put a finding right. It is applied to what is read; the data set itself stays as it is. */
export type Mend =
  /** Other ids for some: new id by old one. */
  | {readonly kind: "ids"; readonly ids: Readonly<Record<number, number>>}
  /** Other ids for some, and with them another list of classes. It concerns all lists of the data set. */
  | {readonly kind: "classes"; readonly ids: Readonly<Record<number, number>>; readonly classes: readonly string[]}
  /** Ids for colours: id by 0xRRGGBB. */
  | {readonly kind: "colours"; readonly ids: Readonly<Record<number, number>>}
  /** For each pixel the id of these that is nearest: smoothing undone. */
  | {readonly kind: "nearest"; readonly ids: readonly number[]}
  /** Masks enlarged or reduced to their photos, each pixel with one of the ids that were there. */
  | {readonly kind: "resize"}
  /** Photos left out. */
  | {readonly kind: "leave out"; readonly photos: readonly string[]}
  /** What the list names and is not there left out. */
  | {readonly kind: "go on without"};

/** Width and height of a photo, as it is shown. @throws Error with a sentence for the reader where it is no picture */
export type PhotoSize = (bytes: Uint8Array, name: string) => Promise<{readonly width: number; readonly height: number}>;

/** A split as it is once mends, in their order, are applied to it; masks are mended when they are read. */
export function mendedSplit(split: Split, mends: readonly Mend[], photoSize: PhotoSize): Split {
  const out = new Set(mends.flatMap((mend) => (mend.kind === "leave out" ? mend.photos : [])));
  const items = split.items.filter(({id}) => !out.has(id)).map((item) => mendedPhoto(item, mends, photoSize));
  return {...split, items, faults: mends.some(({kind}) => kind === "go on without") ? [] : split.faults};
}

function mendedPhoto(item: LabelledPhoto, mends: readonly Mend[], photoSize: PhotoSize): LabelledPhoto {
  const colours = mends.find((mend) => mend.kind === "colours");
  const draw = async (): Promise<Mask> => {
    const {labels, photo} = item;
    let mask =
      "draw" in labels ? await maskOf(item) : readWith(decodeMaskPicture(await labels.bytes(), labels.name), labels.name, colours?.ids);
    for (const mend of mends) {
      if (mend.kind === "ids" || mend.kind === "classes") mask = mapped(mask, (id) => mend.ids[id] ?? id);
      else if (mend.kind === "nearest") mask = mapped(mask, (id) => nearest(mend.ids, id));
      else if (mend.kind === "resize") mask = resized(mask, await photoSize(await photo.bytes(), photo.name));
    }
    return mask;
  };
  return {...item, labels: {name: item.labels.name, draw}};
}

/**
 * The ids of a mask file whose pixels may be colours: grey ones are their value, others what `ids` says of 0xRRGGBB.
 *
 * @throws Error with a sentence for the reader on a colour that stands for no class
 */
export function readWith(picture: MaskPicture, name: string, ids: Readonly<Record<number, number>> | undefined): Mask {
  const {width, height, channels, depth, values} = picture;
  if (channels === 1 && depth === 8) return idsOf(picture, name);
  const found = new Uint8Array(width * height);
  const shift = channels > 2 && depth === 16 ? 8 : 0;
  for (let i = 0, at = 0; i < found.length; i++, at += channels) {
    const value = channels > 2 ? packed(values[at]! >> shift, values[at + 1]! >> shift, values[at + 2]! >> shift) : values[at]!;
    const id = channels > 2 ? (ids ? ids[value] : greyValue(value)) : value;
    if (id === undefined || id > 255) {
      const place = `at x ${i % width}, y ${Math.floor(i / width)}`;
      throw new Error(
        channels > 2
          ? `The mask ${name} has the colour ${hexOf(value)} ${place}, which stands for no class.`
          : `The mask ${name} has the value ${value} ${place}; ids go up to 255.`
      );
    }
    found[i] = id;
  }
  return {width, height, ids: found};
}

function greyValue(colour: number): number | undefined {
  const value = colour & 255;
  return colour === value * 0x010101 ? value : undefined;
}

function mapped(mask: Mask, to: (id: number) => number): Mask {
  const lookup = Uint8Array.from({length: 256}, (_, id) => to(id));
  return {...mask, ids: mask.ids.map((id) => lookup[id]!)};
}

function nearest(ids: readonly number[], id: number): number {
  return ids.reduce((best, each) => (Math.abs(each - id) < Math.abs(best - id) ? each : best), ids[0] ?? IGNORE);
}

/** Each pixel takes the id at its centre. */
function resized(mask: Mask, {width, height}: {width: number; height: number}): Mask {
  if (mask.width === width && mask.height === height) return mask;
  const ids = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * mask.height) / height) * mask.width;
    for (let x = 0; x < width; x++) ids[y * width + x] = mask.ids[row + Math.floor(((x + 0.5) * mask.width) / width)]!;
  }
  return {width, height, ids};
}
