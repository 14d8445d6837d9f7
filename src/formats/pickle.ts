import {FormatError} from "./format-error.js";

/*
 * What Python's pickle writes, read as data. A pickle is a program for a small stack machine that can ask for any function or class of
 * Python by name and call it. Here such a name gives what the caller has put under it, and nothing else: no code of a file runs.
 */

/** Called with the arguments that a file gives it. */
export type PickledCall = (args: readonly unknown[]) => unknown;

export interface PickleMeaning {
  /** What stands for a function or class of Python, e.g. "collections.OrderedDict". @throws FormatError where nothing does */
  named(name: string): unknown;
  /** What stands for something that is kept outside of the pickle. */
  persistent(id: unknown): unknown;
}

/** Ten times what a state dict with its optimiser takes; each is a step of work. */
const MAXIMUM_OPERATIONS = 500_000;
const HIGHEST_PROTOCOL = 4;
/** More bytes than any whole number in a state dict takes. */
const LONGEST_INTEGER = 64;

/**
 * Runs a pickle: dictionaries become maps, lists and tuples arrays, whole numbers beyond 2^53 bigints.
 *
 * @param start where it begins in the bytes
 * @returns its value and where it ends
 * @throws FormatError where it is cut off or damaged, or means something that is not known
 */
export function unpickle(bytes: Uint8Array, meaning: PickleMeaning, start = 0): {value: unknown; end: number} {
  const machine = new Machine(bytes, meaning, start);
  for (let turns = 0; turns < MAXIMUM_OPERATIONS; turns++) {
    const code = machine.byte();
    if (code === STOP) return {value: machine.pop(), end: machine.at};
    const operation = OPERATIONS[code];
    if (!operation) throw damaged(`it holds the operation 0x${code.toString(16).padStart(2, "0")}, which torch.save does not write`);
    operation(machine);
  }
  throw damaged(`it takes more than ${MAXIMUM_OPERATIONS} operations`);
}

class Machine {
  readonly memo = new Map<number, unknown>();
  private readonly view: DataView;
  private stack: unknown[] = [];
  private readonly below: unknown[][] = [];

  constructor(
    private readonly bytes: Uint8Array,
    readonly meaning: PickleMeaning,
    public at: number
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  push(value: unknown): void {
    this.stack.push(value);
  }

  pop(): unknown {
    this.top();
    return this.stack.pop();
  }

  top(): unknown {
    if (this.stack.length === 0) throw damaged("it takes something from an empty stack");
    return this.stack.at(-1);
  }

  mark(): void {
    this.below.push(this.stack);
    this.stack = [];
  }

  /** Everything since the last mark. */
  sinceMark(): unknown[] {
    const items = this.stack;
    const below = this.below.pop();
    if (!below) throw damaged("it ends a list that it never began");
    this.stack = below;
    return items;
  }

  byte(): number {
    return this.view.getUint8(this.take(1));
  }

  uint16(): number {
    return this.view.getUint16(this.take(2), true);
  }

  int32(): number {
    return this.view.getInt32(this.take(4), true);
  }

  uint32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  uint64(): number {
    return Number(this.view.getBigUint64(this.take(8), true));
  }

  float64(): number {
    return this.view.getFloat64(this.take(8));
  }

  text(bytes: number, encoding: "utf-8" | "latin1" = "utf-8"): string {
    const start = this.take(bytes);
    return new TextDecoder(encoding).decode(this.bytes.subarray(start, start + bytes));
  }

  raw(bytes: number): Uint8Array {
    const start = this.take(bytes);
    return this.bytes.subarray(start, start + bytes);
  }

  line(): string {
    const end = this.bytes.indexOf("\n".charCodeAt(0), this.at);
    if (end < 0) throw cutOff();
    const found = this.text(end - this.at);
    this.at = end + 1;
    return found;
  }

  /** A whole number of so many bytes, the highest bit its sign. */
  integer(bytes: number): number | bigint {
    if (bytes > LONGEST_INTEGER) throw damaged(`it holds a whole number of ${bytes} bytes`);
    const digits = Array.from(this.raw(bytes).toReversed(), (digit) => digit.toString(16).padStart(2, "0")).join("");
    const value = BigInt.asIntN(8 * bytes, BigInt(`0x${digits || "0"}`));
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  recall(index: number): void {
    if (!this.memo.has(index)) throw damaged(`it refers to its part ${index}, which it has not written`);
    this.push(this.memo.get(index));
  }

  private take(bytes: number): number {
    const start = this.at;
    if (start + bytes > this.bytes.length) throw cutOff();
    this.at += bytes;
    return start;
  }
}

type Operation = (machine: Machine) => void;

const STOP = ".".charCodeAt(0);

const OPERATIONS: Readonly<Record<number, Operation>> = {
  0x80: (m) => {
    const protocol = m.byte();
    if (protocol > HIGHEST_PROTOCOL) throw damaged(`it is of protocol ${protocol}; torch.save writes 2 by default`);
  },
  // A frame says how long what follows is.
  0x95: (m) => void m.uint64(),
  ...byCharacter({
    "(": (m) => m.mark(),
    "0": (m) => void m.pop(),
    "1": (m) => void m.sinceMark(),
    "2": (m) => m.push(m.top()),
    N: (m) => m.push(null),
    J: (m) => m.push(m.int32()),
    K: (m) => m.push(m.byte()),
    M: (m) => m.push(m.uint16()),
    G: (m) => m.push(m.float64()),
    X: (m) => m.push(m.text(m.uint32())),
    U: (m) => m.push(m.text(m.byte(), "latin1")),
    T: (m) => m.push(m.text(m.uint32(), "latin1")),
    C: (m) => m.push(m.raw(m.byte())),
    B: (m) => m.push(m.raw(m.uint32())),
    ")": (m) => m.push([]),
    "]": (m) => m.push([]),
    "}": (m) => m.push(new Map()),
    t: (m) => m.push(m.sinceMark()),
    l: (m) => m.push(m.sinceMark()),
    d: (m) => m.push(withPairs(new Map(), m.sinceMark())),
    a: (m) => {
      const item = m.pop();
      listAt(m).push(item);
    },
    e: (m) => {
      const items = m.sinceMark();
      const list = listAt(m);
      for (const item of items) list.push(item);
    },
    s: (m) => {
      const value = m.pop();
      const key = m.pop();
      withPairs(m.top(), [key, value]);
    },
    u: (m) => {
      const pairs = m.sinceMark();
      withPairs(m.top(), pairs);
    },
    q: (m) => void m.memo.set(m.byte(), m.top()),
    r: (m) => void m.memo.set(m.uint32(), m.top()),
    h: (m) => m.recall(m.byte()),
    j: (m) => m.recall(m.uint32()),
    c: (m) => {
      const module = m.line();
      m.push(m.meaning.named(`${module}.${m.line()}`));
    },
    Q: (m) => m.push(m.meaning.persistent(m.pop())),
    R: call,
    // What it would set on an object of Python is of no use here: an OrderedDict's names of versions.
    b: (m) => void m.pop()
  }),
  // NEWOBJ makes an object of a class as a call does.
  0x81: call,
  0x85: (m) => m.push([m.pop()]),
  0x86: (m) => m.push([m.pop(), m.pop()].reverse()),
  0x87: (m) => m.push([m.pop(), m.pop(), m.pop()].reverse()),
  0x88: (m) => m.push(true),
  0x89: (m) => m.push(false),
  0x8a: (m) => m.push(m.integer(m.byte())),
  0x8b: (m) => m.push(m.integer(m.uint32())),
  0x8c: (m) => m.push(m.text(m.byte())),
  0x8d: (m) => m.push(m.text(m.uint64())),
  0x93: (m) => {
    const [name, module] = [m.pop(), m.pop()];
    if (typeof name !== "string" || typeof module !== "string") throw damaged("it names something by what is no text");
    m.push(m.meaning.named(`${module}.${name}`));
  },
  0x94: (m) => void m.memo.set(m.memo.size, m.top())
};

function byCharacter(operations: Readonly<Record<string, Operation>>): Record<number, Operation> {
  return Object.fromEntries(Object.entries(operations).map(([character, operation]) => [character.charCodeAt(0), operation]));
}

function call(m: Machine): void {
  const args = m.pop();
  const callee = m.pop();
  if (typeof callee !== "function" || !Array.isArray(args)) throw damaged("it calls something that is no function");
  m.push((callee as PickledCall)(args));
}

function listAt(m: Machine): unknown[] {
  const list = m.top();
  if (!Array.isArray(list)) throw damaged("it appends to something that is no list");
  return list;
}

function withPairs(dictionary: unknown, pairs: readonly unknown[]): unknown {
  if (!(dictionary instanceof Map) || pairs.length % 2 !== 0) throw damaged("it sets an entry of something that is no dictionary");
  for (let i = 0; i < pairs.length; i += 2) dictionary.set(pairs[i], pairs[i + 1]);
  return dictionary;
}

function cutOff(): FormatError {
  return new FormatError("The file is cut off: its pickle does not end.");
}

function damaged(what: string): FormatError {
  return new FormatError(`The file's pickle is damaged: ${what}.`);
}
