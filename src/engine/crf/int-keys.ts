/** Numbers lists of whole numbers, each list once: an open hash table over typed arrays. */
export interface IntKeys {
  /** How many were numbered; their numbers are 0, 1, 2, ... in the order they came. */
  readonly size: number;
  /** The number of a list, which is given one if it has none. @param key the list, `length` numbers long */
  add(key: Int32Array): number;
  /** The number of a list; -1 where it has none. */
  find(key: Int32Array): number;
  /** Writes the list with a number into `key`. */
  read(number: number, key: Int32Array): void;
}

/**
 * @param length of every list
 * @param expected how many lists there may be; more make the table grow
 */
export function intKeys(length: number, expected: number): IntKeys {
  let size = 0;
  let lists = new Int32Array(Math.max(1, expected) * length);
  /** A list's number and one, at its hash or the next free place behind; 0 where free. At least half of it stays free. */
  let table = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, 2 * expected))));
  let shift = Math.clz32(table.length - 1);

  function placeOf(key: Int32Array, from: number): number {
    let hash = 0;
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ key[from + i]!, 0x9e3779b1);
    const mask = table.length - 1;
    // The high bits, on which all of the list's bits have told.
    for (let place = hash >>> shift; ; place = (place + 1) & mask) {
      const entry = table[place]!;
      if (entry === 0) return place;
      const list = (entry - 1) * length;
      let i = 0;
      while (i < length && lists[list + i] === key[from + i]) i++;
      if (i === length) return place;
    }
  }

  function grow(): void {
    const kept = new Int32Array(2 * lists.length);
    kept.set(lists);
    lists = kept;
    table = new Int32Array(2 * table.length);
    shift--;
    for (let number = 0; number < size; number++) table[placeOf(lists, number * length)] = number + 1;
  }

  return {
    get size() {
      return size;
    },
    add(key) {
      const place = placeOf(key, 0);
      const entry = table[place]!;
      if (entry > 0) return entry - 1;
      lists.set(key, size * length);
      table[place] = ++size;
      const number = size - 1;
      if (2 * size >= table.length || (size + 1) * length > lists.length) grow();
      return number;
    },
    find: (key) => table[placeOf(key, 0)]! - 1,
    read(number, key) {
      for (let i = 0; i < length; i++) key[i] = lists[number * length + i]!;
    }
  };
}
