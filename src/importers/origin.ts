/** A file to import, and a way to the files beside it. */
export interface Origin {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Reads a file named relative to this one. */
  readonly beside: (relative: string) => Promise<Uint8Array>;
  /** Opens one without reading it as a whole, where that can be done. */
  readonly open?: (relative: string) => Promise<Blob>;
}
