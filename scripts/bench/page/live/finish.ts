/** Not for reading, or whole pictures would be brought to the CPU first. */
const PROBE = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: false})!;

/**
 * Returns once a picture is really drawn: canvases draw later than they say, and `transferToImageBitmap` does not wait for
 * them. There is no other way to wait than to read: one pixel, from where the picture lies.
 */
export function finish(picture: ImageBitmap): void {
  PROBE.drawImage(picture, 0, 0, 1, 1);
  PROBE.getImageData(0, 0, 1, 1);
}
