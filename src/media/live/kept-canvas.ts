import type {Size} from "./renderer.js";

/**
 * A canvas that is kept, and resized only when its size changes. It lies in main memory: where the CPU draws, a canvas
 * in the GPU's process among others costs tens of milliseconds.
 */
export interface KeptCanvas {
  readonly canvas: OffscreenCanvas;
  resize(size: Size): OffscreenCanvasRenderingContext2D;
}

/** @param settings of its context, as for `getContext` */
export function keptCanvas(settings: Pick<CanvasRenderingContext2DSettings, "alpha"> = {}): KeptCanvas {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", {willReadFrequently: true, ...settings})!;
  return {
    canvas,
    resize({width, height}) {
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
      return context;
    }
  };
}
