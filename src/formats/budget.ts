import {FormatError} from "./format-error.js";

/** Bytes as they stand become at most this many times as many: a byte a weight becomes a float. */
const TIMES = 4;
/** What small files may take beside. */
const SMALL_BYTES = 64 * 2 ** 20;

/** What a file may still make of itself in memory. */
export interface Budget {
  /** @throws FormatError where these bytes are more than is left */
  take(bytes: number, name: string): void;
}

/**
 * One budget for all that a file asks for: a shape, a list of one value or a place that others use as well may ask for any size in a few
 * bytes.
 *
 * @param fileBytes of the file and of those beside it
 */
export function newBudget(fileBytes: number): Budget {
  const most = TIMES * fileBytes + SMALL_BYTES;
  let left = most;
  return {
    take(bytes, name) {
      left -= bytes;
      if (!(left >= 0))
        throw new FormatError(`The file is damaged: with "${name.slice(0, 100)}", its ${fileBytes} bytes would become more than ${most}.`);
    }
  };
}
