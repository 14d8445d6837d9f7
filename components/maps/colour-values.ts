/** A colour as `[r, g, b]`, 0-255. */
export type Colour = readonly [number, number, number];

/** A colour and how much of it lies over what is behind: `[r, g, b, alpha]`, 0-255. */
export type Shade = readonly [...Colour, alpha: number];

/** One value a pixel as RGBA bytes, opaque where the colour does not say how much of it there is. */
export function colourValues(values: ArrayLike<number>, colour: (value: number) => Colour | Shade): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(values.length * 4);
  for (let i = 0; i < values.length; i++) {
    const [r, g, b, alpha = 255] = colour(values[i]!);
    pixels[4 * i] = r;
    pixels[4 * i + 1] = g;
    pixels[4 * i + 2] = b;
    pixels[4 * i + 3] = alpha;
  }
  return pixels;
}
