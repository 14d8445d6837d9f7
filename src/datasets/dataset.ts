import {nameOf} from "../formats/file-tree.js";
import type {FileTree} from "../formats/file-tree.js";
import {IGNORE, decodeMask} from "../formats/mask-picture.js";
import type {Mask} from "../formats/mask-picture.js";
import type {Colour} from "./colours.js";

/** A file of a data set, or what stands for one inside a larger file. */
export interface SourceFile {
  /** As sentences call it, e.g. "JPEGImages/a.jpg". */
  readonly name: string;
  bytes(): Promise<Uint8Array>;
}

/** A file of a tree, to be read later. */
export function fileOf(tree: FileTree, path: string): SourceFile {
  return {name: path, bytes: () => tree.read(path)};
}

/** Labels that no mask file holds, e.g. polygons. */
export interface DrawnLabels {
  readonly name: string;
  /** @throws Error with a sentence for the reader where they cannot be drawn */
  draw(): Promise<Mask>;
}

/** One photo with its labels, neither of them opened. */
export interface LabelledPhoto {
  /** Its name, without folders and endings. */
  readonly id: string;
  readonly photo: SourceFile;
  readonly labels: SourceFile | DrawnLabels;
}

/** Photos that belong together, e.g. those that a network is measured on. */
export interface Split {
  /** E.g. "val". */
  readonly name: string;
  readonly items: readonly LabelledPhoto[];
  /** What is named, but is not there or cannot be used: a sentence each. */
  readonly faults: readonly string[];
  /** What the reader should know of how it was read: a sentence each. */
  readonly notes?: readonly string[];
}

/** Ways in which data sets are kept. */
export type Layout = "voc" | "tfrecord" | "coco" | "labelme" | "cvat" | "folders";

/** A data set of which nothing but lists has been read. */
export interface Dataset {
  readonly layout: Layout;
  /** Names of its splits, in the order in which one is taken where none is asked for. */
  readonly splits: readonly string[];
  /** Names of its classes, where it tells them. */
  readonly classes?: readonly string[] | undefined;
  /** Colour of each class in masks that hold colours, where it tells them. */
  readonly colours?: readonly Colour[] | undefined;
  /** Photos without masks and masks without photos, as sentences call them. */
  readonly unpaired: {readonly photos: readonly string[]; readonly masks: readonly string[]};
  /** @throws Error with a sentence for the reader: an empty split, or damage that hides what follows */
  read(split: string): Promise<Split>;
}

/**
 * The classes of a data set that lists its objects alone: background first.
 *
 * @param called what the data set calls them, e.g. "categories"
 * @throws Error with a sentence for the reader where a mask's pixels cannot tell them all apart
 */
export function afterBackground(names: readonly string[], called: string): string[] {
  if (names.length >= IGNORE) throw new Error(`The data set has ${names.length} ${called}; a mask holds at most ${IGNORE - 1}.`);
  return ["background", ...names];
}

const CLASS_LISTS = ["labels.txt", "classes.txt"];

/** The names of classes in the order of their ids, a line each, where such a list lies in a tree; the one that lies the least deep. */
export async function classNames(tree: FileTree): Promise<readonly string[] | undefined> {
  const [path] = tree.paths.filter((each) => CLASS_LISTS.includes(nameOf(each))).sort((a, b) => a.split("/").length - b.split("/").length);
  return path === undefined ? undefined : linesOf(await tree.read(path));
}

/** The lines of a text that say anything. */
export function linesOf(bytes: Uint8Array): string[] {
  return new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Splits that are taken in this order where none is asked for; the others follow as the data set has them. */
const USUAL_SPLITS = ["val", "validation", "trainval", "train", "training"];

/** Names of splits, those first that are measured on. */
export function inUsualOrder(names: readonly string[]): string[] {
  const rank = (name: string) => (USUAL_SPLITS.includes(name) ? USUAL_SPLITS.indexOf(name) : USUAL_SPLITS.length);
  return [...names].sort((a, b) => rank(a) - rank(b));
}

/**
 * A split that is whole, of a data set.
 *
 * @param name by default that of the first split
 * @throws Error with a sentence for the reader where there is no such split, or something is wrong with it
 */
export async function wholeSplit(dataset: Dataset, name = dataset.splits[0]): Promise<Split> {
  if (name === undefined || !dataset.splits.includes(name)) {
    throw new Error(`The data set has no list of photos called "${name ?? ""}"; it has ${dataset.splits.join(", ") || "none"}.`);
  }
  const split = await dataset.read(name);
  const [first, ...others] = split.faults;
  if (first !== undefined) throw new Error(others.length > 0 ? `${first} ${others.length} more of this list are wrong.` : first);
  return split;
}

/** The class ids of a photo. @throws Error with a sentence for the reader where its mask cannot be read */
export async function maskOf({labels}: LabelledPhoto): Promise<Mask> {
  return "draw" in labels ? labels.draw() : decodeMask(await labels.bytes(), labels.name);
}

/**
 * A split without some of its photos, e.g. those whose mask is known to be wrong.
 *
 * @throws Error with a sentence for the reader where the split has no photo of such a name, or none is left
 */
export function withoutPhotos(split: Split, names: readonly string[]): Split {
  const unknown = names.find((name) => !split.items.some(({id}) => id === name));
  if (unknown !== undefined) throw new Error(`The list ${split.name} has no photo "${unknown}" that could be left out.`);
  const items = split.items.filter(({id}) => !names.includes(id));
  if (items.length === 0) throw new Error(`Without these photos nothing is left of the list ${split.name}.`);
  return {...split, items};
}
