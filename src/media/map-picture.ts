/** A rectangle in pixels of the photo. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Paints the photo darkened and a map over it. @param dim 0 leaves the photo as it is, 1 makes it black */
export function paintMapOver(
  context: CanvasRenderingContext2D,
  photo: CanvasImageSource,
  map: HTMLCanvasElement,
  {rect, smooth, opacity = 1, dim = 0}: {readonly rect: Rect; readonly smooth: boolean; readonly opacity?: number; readonly dim?: number}
): void {
  const {width, height} = context.canvas;
  context.save();
  context.globalCompositeOperation = "copy";
  context.drawImage(photo, 0, 0, width, height);
  context.globalCompositeOperation = "source-over";
  context.fillStyle = `rgb(0 0 0 / ${dim})`;
  context.fillRect(0, 0, width, height);
  context.globalAlpha = opacity;
  context.imageSmoothingEnabled = smooth;
  context.drawImage(map, rect.left, rect.top, rect.width, rect.height);
  context.restore();
}
