/** Numbers in [0, 1), the same for one seed at every run and on every machine (mulberry32). */
export function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A list of such numbers. A longer list begins with the shorter one.
 *
 * @param seed any whole number
 * @returns values from -1 up to 1, evenly spread
 */
export function seededValues(seed: number, count: number): Float32Array {
  const next = pseudoRandom(seed);
  return Float32Array.from({length: count}, () => 2 * next() - 1);
}
