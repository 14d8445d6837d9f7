import type {AtlasRequest, ChannelScale} from "../../components/maps/atlas-paint.js";

/**
 * Numbers that say how a tile is painted: its channel; the value of the first shade; shades a unit; 1 where zero is in the middle, else 0.
 */
export const TILE_NUMBERS = 4;

/**
 * How each tile of an atlas is painted, TILE_NUMBERS numbers a tile; the channel is -1 where no tile is.
 *
 * @param shades of a scale
 */
export function tileNumbers({order, scale, layout}: AtlasRequest, shades: number): Float32Array<ArrayBuffer> {
  const numbers = new Float32Array(TILE_NUMBERS * layout.columns * layout.rows);
  for (let tile = 0; tile < layout.columns * layout.rows; tile++) {
    const channel = order[tile] ?? -1;
    const {low, span, signed} = channel < 0 ? NO_SCALE : shadeRange(scale(channel));
    numbers.set([channel, low, (shades - 1) / span, signed ? 1 : 0], tile * TILE_NUMBERS);
  }
  return numbers;
}

/** A map with one value only has the first shade, or zero's in the middle. */
function shadeRange({low, high, signed}: ChannelScale): {low: number; span: number; signed: boolean} {
  if (high > low) return {low, span: high - low, signed};
  return signed ? {low: -1, span: 2, signed} : {low, span: 1, signed};
}

const NO_SCALE = {low: 0, span: 1, signed: false};
