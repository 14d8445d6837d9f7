import type {AtlasPaint} from "../../components/maps/atlas-paint.js";
import {canvasAtlas} from "./canvas.js";
import {glAtlas} from "./gl.js";
import type {GlAtlas} from "./gl.js";

/**
 * Paints many channels of an activation in one picture: in one draw on the GPU, or on the CPU where there is none, and where the
 * GPU was lost or refuses; the next picture then tries a new context.
 *
 * @param options.gpu whether there is a real GPU: one emulated in software is slower than the CPU itself
 * @param options.shades as `shadeTables` gives them
 */
export function atlasPainter({gpu, shades}: {gpu(): boolean; readonly shades: Uint8Array}): {readonly paint: AtlasPaint; dispose(): void} {
  const onCanvas = canvasAtlas(shades);
  let painter: GlAtlas | null = null;
  const letGo = () => {
    painter?.dispose();
    painter = null;
  };
  return {
    paint(request) {
      if (!gpu()) return onCanvas(request);
      if (painter?.lost) letGo();
      try {
        painter ??= glAtlas(shades);
        const painted = painter?.paint(request);
        if (painted) return painted;
      } catch {
        // A driver that refuses the program: the CPU draws the same.
      }
      letGo();
      return onCanvas(request);
    },
    dispose: letGo
  };
}
