/** How a segmented frame is drawn. Plain data: the page says it, the worker draws it. */

export const LIVE_VIEWS = ["overlay", "side-by-side", "mask", "blur", "background", "isolate"] as const;
export type LiveView = (typeof LIVE_VIEWS)[number];

export interface Look {
  readonly view: LiveView;
  /** Share of the mask in the overlay, 0-1. */
  readonly opacity: number;
  /** Left and right changed, as in a mirror. */
  readonly mirror: boolean;
  /** Ids of the classes that the mask leaves out. */
  readonly hidden: readonly number[];
  /** Ids of the classes that stay sharp, stand before the background or are isolated. */
  readonly subject: readonly number[];
  /** Behind the subject in the view "background": `[r, g, b]`, 0-255, or the picture that was sent. */
  readonly backdrop: readonly [number, number, number] | "picture";
  /** Whether the regions' names are written on them. */
  readonly names: boolean;
}

/** How logits become a class at each pixel. */
export interface Labelling {
  /** Average the logits over time where the picture stands still. */
  readonly smoothing: boolean;
  /** Let the upsampling of the logits follow the edges of the frame. */
  readonly edges: boolean;
}

/** Size in pixels of a view of a frame. */
export function liveViewSize({width, height}: {width: number; height: number}, view: LiveView): {width: number; height: number} {
  return {width: view === "side-by-side" ? 2 * width : width, height};
}
