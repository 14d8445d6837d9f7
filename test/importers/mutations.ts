/** Files as accidents leave them: the same for one stream of random numbers. */

/** Numbers that size a thing: none, one too many for a byte, for 16, 31 and 32 bits, and less than none. */
const SIZES = [0, 1, 0x7f, 0xff, 0x100, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];
const NUMBERS_IN_TEXT = ["0", "-1", "1e9", "4294967296", "1.5", "null", '""', "[]", "{}"];
/** Where a format says what is in it: there most faults are made, for a changed weight is a weight. */
const ENDS = 4096;

type Random = () => number;
type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const below = (random: Random, count: number) => Math.floor(random() * count);

/** A place in a file, mostly near its beginning or its end. */
function place(length: number, random: Random): number {
  const near = Math.min(ENDS, length);
  const where = random();
  if (where < 0.5) return below(random, near);
  return where < 0.75 ? length - 1 - below(random, near) : below(random, length);
}

const MUTATIONS: readonly Mutation[] = [
  // A bit.
  (bytes, random) => flipped(bytes, place(bytes.length, random), 1 << below(random, 8)),
  // A byte.
  (bytes, random) => bytes.with(place(bytes.length, random), below(random, 256)),
  // A size, of one, two or four bytes.
  (bytes, random) => {
    const changed = bytes.slice();
    const width = [1, 2, 4][below(random, 3)]!;
    const at = Math.min(place(bytes.length, random), bytes.length - width);
    const size = SIZES[below(random, SIZES.length)]!;
    for (let i = 0; i < width; i++) changed[Math.max(0, at) + i] = Math.floor(size / 256 ** i) % 256;
    return changed;
  },
  // The end is missing.
  (bytes, random) => bytes.slice(0, place(bytes.length, random)),
  // Something is missing, or there twice, or in the place of something else.
  (bytes, random) => {
    const [from, to] = [place(bytes.length, random), place(bytes.length, random)].sort((a, b) => a - b) as [number, number];
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, random) => {
    const from = place(bytes.length, random);
    const to = Math.min(bytes.length, from + 1 + below(random, 64));
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  (bytes, random) => {
    const from = place(bytes.length, random);
    return bytes.slice().copyWithin(place(bytes.length, random), from, from + 1 + below(random, 64));
  },
  // Another number in a text.
  (bytes, random) => {
    const start = place(bytes.length, random);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const digits = /\d+/.exec(text.subarray(start, start + 512).toString("latin1"));
    if (!digits) return bytes;
    const number = NUMBERS_IN_TEXT[below(random, NUMBERS_IN_TEXT.length)]!;
    return joined(bytes.subarray(0, start + digits.index), Buffer.from(number), bytes.subarray(start + digits.index + digits[0].length));
  }
];

/** A file with one to three faults. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  let changed = bytes;
  for (let faults = 1 + below(random, 3); faults > 0 && changed.length > 0; faults--)
    changed = MUTATIONS[below(random, MUTATIONS.length)]!(changed, random);
  return changed;
}

function flipped(bytes: Uint8Array, at: number, bits: number): Uint8Array {
  const changed = bytes.slice();
  changed[at]! ^= bits;
  return changed;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
