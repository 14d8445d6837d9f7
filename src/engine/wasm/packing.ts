/** Output channels of a tile of a product. */
const TILE = 8;
/** Bytes of a number. */
export const WORD = 4;

/** Bytes from one tile of eight output channels to the next. */
export function tileBytes(taps: number, inputs: number): number {
  return taps * inputs * TILE * WORD;
}

/** A kernel HWIO by tiles of eight output channels, [O / 8][H W][I][8], zeros behind the last; of its input channels all or some. */
export function packedKernel(
  values: Float32Array,
  [height, width, inputs, outputs]: readonly number[],
  [start, count]: readonly [start: number, count: number] = [0, inputs!]
): Float32Array {
  const taps = height! * width!;
  const tiles = Math.ceil(outputs! / TILE);
  const packed = new Float32Array(tiles * taps * count * TILE);
  let at = 0;
  for (let tile = 0; tile < tiles; tile++) {
    const some = Math.min(TILE, outputs! - tile * TILE);
    for (let tap = 0; tap < taps; tap++) {
      for (let input = 0; input < count; input++, at += TILE) {
        const from = (tap * inputs! + start + input) * outputs! + tile * TILE;
        packed.set(values.subarray(from, from + some), at);
      }
    }
  }
  return packed;
}

/** Zeros behind, to a whole number of tiles. */
export function padded(values: Float32Array): Float32Array {
  const all = new Float32Array(Math.ceil(values.length / TILE) * TILE);
  all.set(values);
  return all;
}
