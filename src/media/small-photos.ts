import {newQueue} from "../queue.js";
import {bitmapOf} from "./decode.js";

/** Paints a photo on a canvas, which it covers, its middle in the middle. @throws as `decodePhoto` */
export type PaintSmall = (canvas: HTMLCanvasElement, blob: Blob, name: string) => Promise<void>;

/** Paints photos in small, one at a time: each is decoded as a whole, and a folder of them at once would be gigabytes. */
export function smallPhotos(): PaintSmall {
  const inTurn = newQueue();
  return (canvas, blob, name) =>
    inTurn(async () => {
      const bitmap = await bitmapOf(blob, name);
      try {
        const scale = Math.max(canvas.width / bitmap.width, canvas.height / bitmap.height);
        const [width, height] = [scale * bitmap.width, scale * bitmap.height];
        // Read often or not, it is kept outside the GPU, where there is little room for hundreds.
        const context = canvas.getContext("2d", {willReadFrequently: true})!;
        context.fillStyle = "white";
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.imageSmoothingQuality = "high";
        context.drawImage(bitmap, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
      } finally {
        bitmap.close();
      }
    });
}
