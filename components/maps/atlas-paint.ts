import type {FeatureMapValues} from "./feature-maps.js";

/** What the first and the last shade of a map stand for. */
export interface ChannelScale {
  readonly low: number;
  readonly high: number;
  /** Whether zero is in the middle, low = -high. */
  readonly signed: boolean;
}

/** Some channels of an activation as tiles of one picture, row by row. */
export interface AtlasRequest {
  readonly maps: FeatureMapValues;
  /** The channel of each tile. */
  readonly order: ArrayLike<number>;
  scale(channel: number): ChannelScale;
  readonly layout: AtlasLayout;
}

export interface AtlasLayout {
  /** Tiles side by side, and one below the other. */
  readonly columns: number;
  readonly rows: number;
  /** Cells of the map along each side of a pixel of the picture, which has the colour of their mean; 1 where the map is shown whole. */
  readonly reduction: number;
  /** Size of a tile in pixels. */
  readonly tileHeight: number;
  readonly tileWidth: number;
}

/** A painted atlas. */
export interface AtlasPicture {
  readonly image: CanvasImageSource;
  /** For the contexts of the canvases that it is drawn on: in main memory where it lies there itself. */
  readonly settings: CanvasRenderingContext2DSettings;
  /** Calls once, when the picture was lost with the graphics device; it has to be painted anew. */
  onLost(listener: () => void): void;
  dispose(): void;
}

/** Paints an atlas in one pass. */
export type AtlasPaint = (request: AtlasRequest) => AtlasPicture;

/** Pixels that an atlas has at most, so that no browser refuses it (Safari on a phone allows so many in a canvas): 64 MB. */
const MAX_SIDE = 4096;

/**
 * How tiles lie in an atlas that is about square.
 *
 * @param count tiles wanted
 * @param side pixels along a side of what a tile is shown at; maps twice as large and more are reduced
 * @returns as many tiles as fit: columns x rows may be fewer than `count`
 */
export function atlasLayout({height, width}: Pick<FeatureMapValues, "height" | "width">, count: number, side: number): AtlasLayout {
  const longer = Math.max(height, width);
  // Whatever is wanted, a tile fits.
  const reduction = Math.max(1, Math.floor(longer / side), Math.ceil(longer / MAX_SIDE));
  const tileHeight = Math.ceil(height / reduction);
  const tileWidth = Math.ceil(width / reduction);
  const mostColumns = Math.floor(MAX_SIDE / tileWidth);
  const mostRows = Math.floor(MAX_SIDE / tileHeight);
  const square = Math.ceil(Math.sqrt((Math.max(1, count) * tileHeight) / tileWidth));
  const columns = Math.min(mostColumns, Math.max(square, Math.ceil(count / mostRows)));
  return {columns, rows: Math.min(mostRows, Math.ceil(Math.max(1, count) / columns)), reduction, tileHeight, tileWidth};
}
