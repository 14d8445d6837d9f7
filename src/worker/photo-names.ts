import type {Photo} from "../engine/photo.js";

/** Stands for a photo in what is sent to the worker, which has its pixels or is given them along with it. */
export interface NamedPhoto {
  readonly photoNumber: number;
}

/**
 * Puts names in the place of photos, wherever in plain data they are.
 *
 * @param nameOf called with each photo
 */
export function namePhotos(value: unknown, nameOf: (photo: Photo) => number): unknown {
  return replaced(value, (object) => (isPhoto(object) ? ({photoNumber: nameOf(object)} satisfies NamedPhoto) : undefined));
}

/**
 * The inverse.
 *
 * @param photoOf called with each name
 */
export function photosNamed(value: unknown, photoOf: (name: number) => Photo): unknown {
  return replaced(value, (object) => (isName(object) ? photoOf(object.photoNumber) : undefined));
}

/** A copy of plain data in which some objects are others; what is no plain object or list stays what it is. */
function replaced(value: unknown, other: (object: object) => object | undefined): unknown {
  if (Array.isArray(value)) return value.map((each) => replaced(each, other));
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return other(value) ?? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, other)]));
}

function isPhoto(object: object): object is Photo {
  return "rgba" in object && object.rgba instanceof Uint8ClampedArray;
}

function isName(object: object): object is NamedPhoto {
  return "photoNumber" in object;
}
