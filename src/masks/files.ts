import {classPng, colourPng, palettePng} from "../formats/mask.js";
import type {LabelImage, Palette} from "../formats/label-colours.js";
import {npyFile} from "../formats/npy.js";
import type {NpyType} from "../formats/npy.js";

/** What is written of a photo besides its palette PNG of class ids. */
export interface WantedFiles {
  /** The mask in the classes' colours. */
  readonly colour: boolean;
  /** Class probabilities at the photo's size, height x width x classes, as numbers of this kind; null for none. */
  readonly probabilities: NpyType | null;
  /** A file for each class that was found: white where it is. */
  readonly perClass: boolean;
}

/** What a network says of a photo. */
export interface PhotoMask extends LabelImage {
  /** Height x width x classes, row by row; null where they are not wanted. */
  readonly probabilities: Float32Array | null;
}

/** The classes of a network. */
export interface MaskClasses {
  readonly classes: readonly string[];
  readonly palette: Palette;
}

/** A file, named by what follows the photo's own name in its. */
export interface MaskFile {
  readonly suffix: string;
  readonly bytes: Uint8Array;
}

const PALETTE = ".png";
const COLOUR = "-colour.png";
const PROBABILITIES = "-probabilities.npy";

/** What files of a class are called by. The id keeps names apart that differ in nothing but signs. */
export function classInName(name: string, id: number): string {
  return `class-${id}-${name.replace(/[^\p{L}\p{N}]+/gu, "-")}`;
}

const ofClass = (name: string, id: number) => `-${classInName(name, id)}.png`;

/** The files of a photo's mask. */
export function maskFiles(mask: PhotoMask, {classes, palette}: MaskClasses, wanted: WantedFiles): MaskFile[] {
  const {width, height, labels, probabilities} = mask;
  const found = new Set(labels);
  return [
    {suffix: PALETTE, bytes: palettePng(mask, palette)},
    ...(wanted.colour ? [{suffix: COLOUR, bytes: colourPng(mask, palette)}] : []),
    ...(wanted.probabilities && probabilities
      ? [{suffix: PROBABILITIES, bytes: npyFile(probabilities, [height, width, classes.length], wanted.probabilities)}]
      : []),
    ...(wanted.perClass
      ? classes.flatMap((name, id) => (found.has(id) ? [{suffix: ofClass(name, id), bytes: classPng(mask, id)}] : []))
      : [])
  ];
}

/** Every suffix that those files may have, whatever classes are found. */
export function possibleSuffixes({classes}: Pick<MaskClasses, "classes">, {colour, probabilities, perClass}: WantedFiles): string[] {
  return [PALETTE, ...(colour ? [COLOUR] : []), ...(probabilities ? [PROBABILITIES] : []), ...(perClass ? classes.map(ofClass) : [])];
}
