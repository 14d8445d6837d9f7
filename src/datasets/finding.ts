import type {Colour} from "./colours.js";
import type {Census} from "./census.js";
import type {Dataset, Split} from "./dataset.js";
import type {Mend} from "./mend.js";

/** Something that the reader should know of a data set, with a way to put it right where there is one. */
export interface Finding {
  /** Whether results would be wrong, or could not be had at all. */
  readonly grave: boolean;
  readonly sentence: string;
  /** The photos that it concerns; none where all. */
  readonly photos: readonly string[];
  readonly mend?: {readonly label: string; readonly apply: Mend};
}

/** What the masks are checked against. */
export interface Expected {
  /** Names of the classes of the network, in the order of their ids; undefined where any number will do. */
  readonly classes?: readonly string[] | undefined;
  /** Colours of the classes, which masks may hold in place of ids. */
  readonly palette?: readonly Colour[] | undefined;
}

/** A mask that has not its photo's size. */
export interface SizeFault {
  readonly id: string;
  readonly mask: {readonly width: number; readonly height: number};
  readonly photo: {readonly width: number; readonly height: number};
}

/** What a look at every photo has gathered. */
export interface Looked {
  readonly dataset: Dataset;
  readonly split: Split;
  readonly census: Census;
  readonly unreadable: readonly {readonly id: string; readonly sentence: string}[];
  readonly sizes: readonly SizeFault[];
  /** Photos that are another of the same split, byte for byte. */
  readonly repeated: readonly {readonly id: string; readonly like: string}[];
  /** Photos that another split has too. */
  readonly shared: readonly {readonly id: string; readonly split: string}[];
}

/** What looks for one kind of fault. */
export type Rule = (looked: Looked, expected: Expected) => readonly Finding[];

/** A finding, grave where nothing else is said. */
export function finding(
  sentence: string,
  {grave = true, photos = [], mend}: {grave?: boolean; photos?: readonly string[]; mend?: Finding["mend"]} = {}
): Finding {
  return mend ? {grave, sentence, photos, mend} : {grave, sentence, photos};
}

/** The beginning of a sentence on masks, e.g. "3 masks have". */
export function masks(ids: readonly string[]): string {
  return ids.length === 1 ? `The mask of "${ids[0]!}" has` : `${ids.length} masks have`;
}

/** The same on photos, e.g. "3 photos are". */
export function counted(ids: readonly string[]): string {
  return ids.length === 1 ? `The photo "${ids[0]!}" is` : `${ids.length} photos are`;
}

/** The first of some names. */
export function some(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(", ")}, ...` : listed(names);
}

/** Words with commas and "and" between. */
export function listed(words: readonly (string | number)[]): string {
  return new Intl.ListFormat("en-GB").format(words.map(String));
}
