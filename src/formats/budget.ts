import {inShort} from "../in-short.js";
import {FormatError} from "./format-error.js";

/** What a file may still make of itself in memory. */
export class Budget {
  private left: number;

  /**
   * @param most bytes that it may make of itself in all
   * @param tooMany says what is wrong where something takes more than is left
   */
  constructor(
    readonly most: number,
    private readonly tooMany: (name: string, bytes: number) => string
  ) {
    this.left = most;
  }

  /** @throws FormatError where these bytes are more than is left */
  take(name: string, bytes: number): void {
    this.left -= bytes;
    if (!(this.left >= 0)) throw new FormatError(this.tooMany(name, bytes));
  }
}

/** Bytes as they stand become at most this many times as many: a byte a weight becomes a float. */
const TIMES = 4;
/** What small files may take beside. */
const SMALL_BYTES = 64 * 2 ** 20;

/**
 * One budget for all that a file asks for: a shape, a list of one value or a place that others use as well may ask for any size in a few
 * bytes.
 *
 * @param fileBytes of the file and of those beside it
 */
export function weightsBudget(fileBytes: number): Budget {
  const most = TIMES * fileBytes + SMALL_BYTES;
  return new Budget(
    most,
    (name) => `The file is damaged: with "${inShort(name, 100)}", its ${fileBytes} bytes would become more than ${most}.`
  );
}
