/** One way to segment: all are timed alike, from the pixels of one photo to the label map in an array. */
export interface Segmenter {
  /**
   * @param rgb pixels of the photo, 3 bytes each, of the size that the segmenter was opened for
   * @returns one class id a pixel
   */
  segment(rgb: Uint8Array): Promise<ArrayLike<number>>;
  dispose(): void;
}
