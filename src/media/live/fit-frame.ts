import {halvings} from "../../engine/preprocess.js";
import type {Fit} from "../../engine/preprocess.js";
import {keptCanvas} from "./kept-canvas.js";
import type {KeptCanvas} from "./kept-canvas.js";
import {sizeOf} from "./renderer.js";
import type {Size} from "./renderer.js";

/** Frames hide nothing. */
const OPAQUE = {alpha: false};

/**
 * Brings frames to the size of a network's input on the CPU, as the engine's `photoInput` does: halved by averaging as
 * long as they are twice too large, then resized with aligned corners. The canvases are kept.
 *
 * @returns a function from a frame to RGBA bytes, fit.resizedHeight x fit.resizedWidth
 */
export function frameFitter(): (frame: OffscreenCanvas | ImageBitmap | VideoFrame, fit: Fit) => Uint8ClampedArray {
  const halves: KeptCanvas[] = [];
  const resized = keptCanvas(OPAQUE);
  return (frame, fit) => {
    let source: CanvasImageSource = frame;
    let size: Size = frame instanceof OffscreenCanvas ? frame : sizeOf(frame);
    for (let left = halvings(size.height, size.width, fit), i = 0; left > 0; left--, i++) {
      const exact: Size = {width: size.width / 2, height: size.height / 2};
      size = {width: Math.ceil(exact.width), height: Math.ceil(exact.height)};
      const half = (halves[i] ??= keptCanvas(OPAQUE));
      const context = half.resize(size);
      // Under a last column or row that an odd side covers only by half.
      if (size.width > exact.width || size.height > exact.height) context.drawImage(source, 0, 0, size.width, size.height);
      // Bilinear at half the size: each pixel is the mean of four.
      context.drawImage(source, 0, 0, exact.width, exact.height);
      source = half.canvas;
    }
    const {resizedWidth: width, resizedHeight: height} = fit;
    const context = resized.resize({width, height});
    const [x, across] = aligned(size.width, width);
    const [y, down] = aligned(size.height, height);
    context.drawImage(source, x, y, across, down);
    return context.getImageData(0, 0, width, height).data;
  };
}

/**
 * Where a side is drawn so that the middles of its first and last pixels fall on those of the resized side, as the network aligns corners.
 */
function aligned(side: number, resized: number): [start: number, length: number] {
  const scale = side > 1 ? (resized - 1) / (side - 1) : resized;
  return [0.5 - 0.5 * scale, side * scale];
}
