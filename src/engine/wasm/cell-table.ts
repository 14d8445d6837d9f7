/**
 * What each cell along a side is made of, as upsampling reads it: two cells of another side, and how far it lies between them.
 *
 * @param length of the side
 * @param of the first two are whole numbers
 */
export function cellTable(length: number, of: (cell: number) => readonly [low: number, high: number, fraction: number]): Float32Array {
  const words = new Float32Array(3 * length);
  const cells = new Int32Array(words.buffer);
  for (let cell = 0; cell < length; cell++) {
    const [low, high, fraction] = of(cell);
    cells[3 * cell] = low;
    cells[3 * cell + 1] = high;
    words[3 * cell + 2] = fraction;
  }
  return words;
}
