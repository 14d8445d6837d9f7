/** One `[r, g, b]` (0-255) a class. */
export type Palette = readonly (readonly [number, number, number])[];

export interface LabelImage {
  readonly width: number;
  readonly height: number;
  /** One class id a pixel. */
  readonly labels: Uint8Array;
}

/** Entries of an 8-bit palette. */
export const PALETTE_SIZE = 256;

/**
 * Colours of a label map as RGBA bytes.
 *
 * @param hidden ids that are left transparent
 */
export function colourLabels(
  {labels}: LabelImage,
  palette: Palette,
  hidden: ReadonlySet<number> = new Set()
): Uint8ClampedArray<ArrayBuffer> {
  const lookup = new Uint32Array(PALETTE_SIZE);
  palette.forEach(([r, g, b], id) => {
    // Little-endian, as every platform with a browser is.
    if (!hidden.has(id)) lookup[id] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
  const pixels = new Uint32Array(labels.length);
  for (let i = 0; i < labels.length; i++) pixels[i] = lookup[labels[i]!]!;
  return new Uint8ClampedArray(pixels.buffer);
}
