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

/** Its address for the engine, which the network knows nothing of. */
export function keptUrl(id: string): string {
  return SCHEME + id.slice(ID.length);
}

/** The beginning of the SHA-256 of the model that an engine's address means; null where it is an address like any other. */
export function keptPrefix(url: string): string | null {
  return url.startsWith(SCHEME) ? url.slice(SCHEME.length) : null;
}
