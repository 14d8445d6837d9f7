import {ADE20K_CLASSES, ADE20K_PALETTE} from "./ade20k.js";
import {CITYSCAPES_CLASSES, CITYSCAPES_PALETTE} from "./cityscapes.js";
import {VOC_CLASSES, vocPalette} from "./voc.js";

/** The class of what belongs to no other; pictures leave it clear. */
export const BACKGROUND = "background";

/** Names and colours of the classes of a data set. */
export interface Labels {
  readonly classes: readonly string[];
  /** One `[r, g, b]` (0-255) a class. */
  readonly palette: readonly (readonly [number, number, number])[];
}

/** Colour of VOC's "person", for networks that know nothing else. */
const PERSON: readonly [number, number, number] = vocPalette(VOC_CLASSES.length)[VOC_CLASSES.indexOf("person")]!;

/** Labels that a reader can choose. */
export interface LabelSet extends Labels {
  readonly id: string;
  readonly title: string;
}

const SETS: readonly LabelSet[] = [
  {id: "voc", title: "PASCAL VOC", classes: VOC_CLASSES, palette: vocPalette(VOC_CLASSES.length)},
  {id: "cityscapes", title: "Cityscapes", classes: CITYSCAPES_CLASSES, palette: CITYSCAPES_PALETTE},
  {id: "ade20k-151", title: "ADE20K with background", classes: ADE20K_CLASSES, palette: ADE20K_PALETTE},
  {id: "ade20k-150", title: "ADE20K", classes: ADE20K_CLASSES.slice(1), palette: ADE20K_PALETTE.slice(1)},
  {id: "people", title: "People", classes: [BACKGROUND, "person"], palette: [[0, 0, 0], PERSON]}
];

/** Ids of the sets that `labelSet` knows. */
export const LABEL_SET_IDS = SETS.map(({id}) => id);

/** A set by its id; undefined where there is none. */
export function labelSet(id: string): LabelSet | undefined {
  return SETS.find((set) => set.id === id);
}

/**
 * The labels that a network with this many outputs can have been trained with, the likeliest first: VOC (21), Cityscapes (19), ADE20K
 * (151 with background, 150 without), a person mask (2); at last numbered classes in VOC's colours.
 */
export function labelSets(classes: number): LabelSet[] {
  const numbered = {
    id: "numbered",
    title: "Numbers",
    classes: Array.from({length: classes}, (_, id) => `class ${id}`),
    palette: vocPalette(classes)
  };
  return [...SETS.filter((set) => set.classes.length === classes), numbered];
}

/** The likeliest of them. */
export function labelsFor(classes: number): Labels {
  const [{classes: names, palette}] = labelSets(classes) as [LabelSet];
  return {classes: names, palette};
}
