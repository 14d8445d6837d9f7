import type {Fit} from "../../engine/preprocess.js";
import {sizeOf} from "./renderer.js";

/**
 * Brings frames to the size of a network's input on the CPU, for backends that compute there. The canvas is kept.
 *
 * @returns a function from a frame to RGBA bytes, fit.resizedHeight x fit.resizedWidth
 */
export function frameFitter(): (frame: OffscreenCanvas | ImageBitmap | VideoFrame, fit: Fit) => Uint8ClampedArray {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", {willReadFrequently: true, alpha: false})!;
  return (frame, {resizedWidth, resizedHeight}) => {
    if (canvas.width !== resizedWidth || canvas.height !== resizedHeight) Object.assign(canvas, {width: resizedWidth, height: resizedHeight});
    const size = frame instanceof OffscreenCanvas ? frame : sizeOf(frame);
    const [x, width] = aligned(size.width, resizedWidth);
    const [y, height] = aligned(size.height, resizedHeight);
    context.imageSmoothingQuality = "medium";
    context.drawImage(frame, x, y, width, height);
    return context.getImageData(0, 0, resizedWidth, resizedHeight).data;
  };
}

/** Where a side is drawn so that the middles of its first and last pixels fall on those of the resized side, as the network aligns corners. */
function aligned(side: number, resized: number): [start: number, length: number] {
  const scale = side > 1 ? (resized - 1) / (side - 1) : resized;
  return [0.5 - 0.5 * scale, side * scale];
}
