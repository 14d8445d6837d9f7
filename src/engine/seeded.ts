/**
 * Random numbers that are the same on every machine and at every visit: a 32-bit counter in steps of the golden ratio,
 * mixed by multiply-and-shift rounds. A longer list begins with the shorter one.
 *
 * @param seed any whole number
 * @returns values from -1 up to 1, evenly spread
 */
export function seededValues(seed: number, count: number): Float32Array {
  let counter = Math.imul(seed + 1, 0x85ebca6b);
  return Float32Array.from({length: count}, () => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 31 - 1;
  });
}
