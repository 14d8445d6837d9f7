import type {Size} from "./renderer.js";

/** A canvas that is kept, and resized only when its size changes. */
export interface KeptCanvas {
  readonly canvas: OffscreenCanvas;
  resize(size: Size): OffscreenCanvasRenderingContext2D;
}

/** @param settings of its context, as for `getContext` */
export function keptCanvas(settings: CanvasRenderingContext2DSettings = {}): KeptCanvas {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", settings)!;
  return {
    canvas,
    resize({width, height}) {
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
      return context;
    }
  };
}
