import {PREPROCESSING_IDS} from "../engine/backbones/normalise.js";
import type {PreprocessingId} from "../engine/backbones/normalise.js";

/** How a kept model is named where models of the site are named by their file: by the beginning of its SHA-256. */

const ID = "sha256-";
const SCHEME = "kept:";
/** Hexadecimal digits; more than enough to tell the models of one reader apart. */
const DIGITS = 12;

/** Its id, as the addresses of pages have it. */
export function keptId(sha256: string): string {
  return ID + sha256.slice(0, DIGITS);
}

/** Whether an id names a kept model, here or in some other browser. */
export function isKeptId(id: string): boolean {
  return id.startsWith(ID);
}

/** Its address for the engine, which the network knows nothing of. @param as how photos are to be prepared instead of as its file says */
export function keptUrl(id: string, as?: PreprocessingId): string {
  return SCHEME + id.slice(ID.length) + (as ? `#${as}` : "");
}

export interface KeptAddress {
  /** The beginning of the model's SHA-256. */
  readonly prefix: string;
  readonly preprocessing: PreprocessingId | undefined;
}

/** The kept model that an engine's address means; null where it is an address like any other. */
export function keptAddress(url: string): KeptAddress | null {
  if (!url.startsWith(SCHEME)) return null;
  const [prefix = "", as] = url.slice(SCHEME.length).split("#");
  return {prefix, preprocessing: PREPROCESSING_IDS.find((id) => id === as)};
}
