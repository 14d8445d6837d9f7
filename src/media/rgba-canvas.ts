/** RGBA bytes, rows from the top, as a canvas to draw from. */
export function rgbaCanvas(
  rgba: Uint8ClampedArray<ArrayBuffer>,
  {height, width}: {readonly height: number; readonly width: number}
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")!.putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas;
}
