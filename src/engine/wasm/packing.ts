/** Output channels of a tile of a product. */
const TILE = 8;
/** Bytes of a number. */
export const WORD = 4;
/** Bytes of what lies beyond the last channel, at the beginning of what a product has to itself. */
export const SPARE = 32;
/** Tiles have four cells or six: so many are whole tiles of either. */
export const GRAIN = 12;
/** Bytes that cells take which are packed at once. */
const PACKED_CACHE = 384 * 1024;

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

/** Cells that `pack` (`assembly/product.ts`) puts together at most: a part of its result that stays in a processor's second cache. */
export function packedAtOnce(channels: number): number {
  return Math.max(GRAIN, Math.floor(PACKED_CACHE / packedBytes(0, channels)) * GRAIN);
}

/** Bytes that so many cells take at most once they are packed, four or six to a tile. */
export function packedBytes(cells: number, channels: number): number {
  return (cells + GRAIN) * (channels + 1) * (WORD + 1);
}
