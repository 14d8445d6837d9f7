/*
 * A function of Python as Keras keeps it: the code object, written by `marshal`. It is read for the names and constants that it has;
 * none of it runs.
 */

/** What a function's code says of itself. */
export interface PythonCode {
  /** Globals and attributes that it uses, in the order in which they first come. */
  readonly names: readonly string[];
  /** Its constants; texts, numbers, truths and lists of these, null for what is something else. */
  readonly constants: readonly unknown[];
}

/** Whole numbers before the code itself, until Python 3.7 and in 3.8 and later; 3.11 has five again. */
const COUNTS = [5, 6] as const;
const REFERABLE = 0x80;
const DEEPEST = 20;
/** By which marshal says how long what follows is. */
const SHORT = 1;
const LONG = 4;

/** What a code object says of itself; null where the bytes are none that is known. */
export function pythonCode(bytes: Uint8Array): PythonCode | null {
  try {
    return new Marshal(bytes).code();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Reads until the end of the bytes, and throws a RangeError beyond it and at what is not known. */
class Marshal {
  private readonly view: DataView;
  private readonly references: unknown[] = [];
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  code(): PythonCode {
    const type = this.byte();
    if (letter(type) !== "c") throw unknown();
    if ((type & REFERABLE) !== 0) this.references.push(null);
    const count = COUNTS.find((count) => letter(this.view.getUint8(this.at + 4 * count)) === "s");
    if (count === undefined) throw unknown();
    this.at += 4 * count;
    this.value();
    const [constants, names] = [this.value(), this.value()];
    if (!Array.isArray(constants) || !Array.isArray(names) || !names.every((name) => typeof name === "string")) throw unknown();
    return {constants: constants as unknown[], names: names as string[]};
  }

  private value(depth = 0): unknown {
    if (depth > DEEPEST) throw unknown();
    const type = this.byte();
    const place = (type & REFERABLE) === 0 ? -1 : this.references.push(null) - 1;
    const value = this.ofType(letter(type), depth);
    if (place >= 0) this.references[place] = value;
    return value;
  }

  private ofType(type: string, depth: number): unknown {
    switch (type) {
      case "N":
      case ".":
        return null;
      case "T":
        return true;
      case "F":
        return false;
      case "i":
        return this.view.getInt32(this.skip(4), true);
      case "g":
        return this.view.getFloat64(this.skip(8), true);
      case "r": {
        const reference = this.view.getUint32(this.skip(4), true);
        if (reference >= this.references.length) throw unknown();
        return this.references[reference];
      }
      case "s":
        this.skip(this.length(LONG));
        return null;
      case "z":
      case "Z":
        return this.text(SHORT);
      case "a":
      case "A":
      case "u":
      case "t":
        return this.text(LONG);
      case ")":
        return this.tuple(SHORT, depth);
      case "(":
        return this.tuple(LONG, depth);
      default:
        throw unknown();
    }
  }

  private text(width: number): string {
    const length = this.length(width);
    const start = this.skip(length);
    return new TextDecoder().decode(this.bytes.subarray(start, start + length));
  }

  private tuple(width: number, depth: number): unknown[] {
    const length = this.length(width);
    if (length > this.bytes.length) throw unknown();
    return Array.from({length}, () => this.value(depth + 1));
  }

  private length(width: number): number {
    return width === SHORT ? this.byte() : this.view.getUint32(this.skip(LONG), true);
  }

  private byte(): number {
    return this.view.getUint8(this.skip(1));
  }

  /** Passes over bytes. @returns where they begin */
  private skip(count: number): number {
    const start = this.at;
    if (start + count > this.bytes.length) throw unknown();
    this.at += count;
    return start;
  }
}

function letter(type: number): string {
  return String.fromCharCode(type & ~REFERABLE);
}

function unknown(): RangeError {
  return new RangeError("These bytes are not code that is known.");
}
