/** Runs inside Chromium: atlases as the GPU and the CPU paint them. */
import {atlasLayout} from "../../../src/components/maps/atlas-paint.js";
import type {AtlasLayout, AtlasPicture, AtlasRequest, ChannelScale} from "../../../src/components/maps/atlas-paint.js";
import {shadeTables} from "../../../src/components/maps/colour-maps.js";
import {atlasPainter} from "../../../src/media/atlas/atlas.js";
import {canvasAtlas} from "../../../src/media/atlas/canvas.js";
import {glAtlas} from "../../../src/media/atlas/gl.js";

export interface Wanted {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** JSON has no NaN: null stands for it. */
  readonly values: readonly (number | null)[];
  readonly order: readonly number[];
  /** By channel. */
  readonly scales: readonly ChannelScale[];
  /** Side that a map is shown at. */
  readonly side: number;
}

export interface Painted {
  readonly layout: AtlasLayout;
  readonly width: number;
  readonly height: number;
  readonly rgba: number[];
}

export function painted(how: "gpu" | "cpu", wanted: Wanted): Painted {
  const request = requestOf(wanted);
  if (how === "cpu") return readBack(canvasAtlas(shadeTables())(request), request);
  const atlas = glAtlas(shadeTables())!;
  const found = readBack(atlas.paint(request)!, request);
  atlas.dispose();
  return found;
}

/**
 * Paints, loses every context, and paints twice more with the same painter.
 *
 * @returns the three pictures and whether the first told of its loss
 */
export async function acrossALoss(wanted: Wanted): Promise<{pictures: Painted[]; told: boolean; onGpu: boolean[]}> {
  const contexts: WebGL2RenderingContext[] = [];
  const getContext = OffscreenCanvas.prototype.getContext as (kind: string, settings?: object) => unknown;
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, kind: string, settings?: object) {
    const context = getContext.call(this, kind, settings);
    if (context instanceof WebGL2RenderingContext) contexts.push(context);
    return context;
  } as typeof OffscreenCanvas.prototype.getContext;
  const request = requestOf(wanted);
  const {paint} = atlasPainter({gpu: () => true, shades: shadeTables()});
  const first = paint(request);
  const told = new Promise<boolean>((resolve) => {
    first.onLost(() => resolve(true));
    setTimeout(() => resolve(false), 5000);
  });
  const firstRead = readBack(first, request);
  const lose = (context: WebGL2RenderingContext) => context.getExtension("WEBGL_lose_context")!.loseContext();
  contexts.forEach(lose);
  const wasTold = await told;
  // The next context is lost while it is used: at its first draw.
  const {drawArrays} = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.drawArrays = function (this: WebGL2RenderingContext) {
    lose(this);
  };
  const second = paint(request);
  WebGL2RenderingContext.prototype.drawArrays = drawArrays;
  const third = paint(request);
  const pictures = [first, second, third];
  return {
    pictures: [firstRead, readBack(second, request), readBack(third, request)],
    told: wasTold,
    onGpu: pictures.map(({image}) => image instanceof ImageBitmap)
  };
}

function requestOf({height, width, channels, values, order, scales, side}: Wanted): AtlasRequest {
  return {
    maps: {height, width, channels, values: Float32Array.from(values, (value) => value ?? NaN)},
    order,
    scale: (channel) => scales[channel]!,
    layout: atlasLayout({height, width}, order.length, side)
  };
}

function readBack({image}: AtlasPicture, {layout}: AtlasRequest): Painted {
  const width = layout.columns * layout.tileWidth;
  const height = layout.rows * layout.tileHeight;
  const context = new OffscreenCanvas(width, height).getContext("2d", {willReadFrequently: true})!;
  context.drawImage(image, 0, 0);
  return {layout, width, height, rgba: [...context.getImageData(0, 0, width, height).data]};
}
