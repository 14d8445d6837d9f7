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

/**
 * The labels that a network with this many outputs was most likely trained with: VOC (21), Cityscapes (19), ADE20K
 * (151 with background, 150 without), a person mask (2); numbered classes in VOC's colours otherwise.
 */
export function labelsFor(classes: number): Labels {
  switch (classes) {
    case VOC_CLASSES.length:
      return {classes: VOC_CLASSES, palette: vocPalette(classes)};
    case CITYSCAPES_CLASSES.length:
      return {classes: CITYSCAPES_CLASSES, palette: CITYSCAPES_PALETTE};
    case ADE20K_CLASSES.length:
      return {classes: ADE20K_CLASSES, palette: ADE20K_PALETTE};
    case ADE20K_CLASSES.length - 1:
      return {classes: ADE20K_CLASSES.slice(1), palette: ADE20K_PALETTE.slice(1)};
    case 2:
      return {classes: [BACKGROUND, "person"], palette: [[0, 0, 0], PERSON]};
    default:
      return {classes: Array.from({length: classes}, (_, id) => `class ${id}`), palette: vocPalette(classes)};
  }
}
