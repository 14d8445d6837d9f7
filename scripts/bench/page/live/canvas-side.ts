import type {Palette} from "../../../../src/formats/label-colours.js";
import type {Size} from "../../../../src/media/live/renderer.js";
import {finish} from "./finish.js";
import {LOOK} from "./overlay-look.js";

/** A network whose input is taken from a canvas and whose label map comes back as an array. */
export interface CanvasNetwork {
  /** Size of the canvas that a frame is drawn on, stretched. */
  readonly input: Size;
  /** Whether the canvas is read by JavaScript, or by the GPU. */
  readonly readBack: boolean;
  /** @returns one class id a pixel, rows from the top */
  labels(context: OffscreenCanvasRenderingContext2D): Promise<Size & {readonly labels: ArrayLike<number>}>;
  dispose(): void;
}

/** Draws frames with their masks as demos do: a loop over the pixels colours the mask, canvases scale and blend it. */
export interface CanvasSide {
  /** @param frame is closed @returns the frame under its mask, and the milliseconds that it took */
  run(frame: VideoFrame): Promise<{readonly picture: ImageBitmap; readonly milliseconds: number}>;
  dispose(): void;
}

export function canvasSide(palette: Palette, network: CanvasNetwork): CanvasSide {
  const input = new OffscreenCanvas(network.input.width, network.input.height).getContext("2d", {willReadFrequently: network.readBack})!;
  const mask = new OffscreenCanvas(1, 1).getContext("2d")!;
  // Kept on the CPU, where its sources are: handed over by way of the GPU's process it would take longer.
  const output = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true})!;
  let image = new ImageData(1, 1);
  return {
    async run(frame) {
      const start = performance.now();
      input.drawImage(frame, 0, 0, network.input.width, network.input.height);
      const {width, height, labels} = await network.labels(input);

      if (image.width !== width || image.height !== height) {
        image = new ImageData(width, height);
        Object.assign(mask.canvas, {width, height});
      }
      colour(labels, palette, image.data);
      mask.putImageData(image, 0, 0);

      const size = {width: frame.displayWidth, height: frame.displayHeight};
      if (output.canvas.width !== size.width || output.canvas.height !== size.height) Object.assign(output.canvas, size);
      output.globalAlpha = 1;
      output.drawImage(frame, 0, 0, size.width, size.height);
      output.globalAlpha = LOOK.opacity;
      output.drawImage(mask.canvas, 0, 0, size.width, size.height);
      const picture = output.canvas.transferToImageBitmap();
      finish(picture);
      const milliseconds = performance.now() - start;
      frame.close();
      return {picture, milliseconds};
    },
    dispose: network.dispose
  };
}

function colour(labels: ArrayLike<number>, palette: Palette, rgba: Uint8ClampedArray): void {
  for (let pixel = 0, to = 0; to < rgba.length; pixel++, to += 4) {
    const id = labels[pixel]!;
    const [r, g, b] = palette[id]!;
    rgba[to] = r;
    rgba[to + 1] = g;
    rgba[to + 2] = b;
    rgba[to + 3] = LOOK.hidden.includes(id) ? 0 : 255;
  }
}
