/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** A colour as one number, 0xRRGGBB. */
export function packed(r: number, g: number, b: number): number {
  return (r << 16) | (g << 8) | b;
}

/** The ids of classes by their packed colours. */
export function idsOfColours(colours: readonly Colour[]): Record<number, number> {
  return Object.fromEntries(colours.map((colour, id) => [packed(...colour), id]));
}

/** As CSS writes a packed colour, e.g. "#c08080". */
export function hexOf(colour: number): string {
  return `#${colour.toString(16).padStart(6, "0")}`;
}
