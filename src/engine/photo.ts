/** A picture as plain data. */
export interface Photo {
  readonly width: number;
  readonly height: number;
  /** RGBA, 8 bits, not premultiplied, rows from the top. */
  readonly rgba: Uint8ClampedArray;
}
