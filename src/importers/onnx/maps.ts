/** Maps of an ONNX graph: what is known of a value that only a run computes. */

/** Where the channels of a map stand: photos, channels, rows, columns as ONNX's operators have it, or channels last, as in TensorFlow. */
export type Layout = "nchw" | "nhwc";

export interface OnnxMap {
  readonly layout: Layout;
  /** Height and width in cells; NaN where they are not known. */
  readonly size: readonly [number, number];
  /** NaN where it is not known. */
  readonly channels: number;
}

/**
 * Sides at which a graph is followed that leaves the size of photos open. The first is even down to the deepest map, so that padding as
 * TensorFlow's does not look like padding that is the same on both sides. But torch.onnx keeps the padding that PyTorch's copies of
 * TensorFlow's networks ask for at the size that they were traced with, and that may have been odd.
 */
export const OPEN_SIDES = [512, 513] as const;

const PHOTO_CHANNELS = 3;

/** What a graph is given: a photo, whatever the layout, of this side where that is open; undefined where it is none. */
export function photoOf(shape: readonly number[], openSide: number): OnnxMap | undefined {
  if (shape.length !== 4) return undefined;
  const layout = shape[1] === PHOTO_CHANNELS ? "nchw" : shape[3] === PHOTO_CHANNELS ? "nhwc" : undefined;
  if (!layout) return undefined;
  const [rows, columns] = AXES[layout].size;
  const side = (axis: number) => (Number.isNaN(shape[axis]) ? openSide : shape[axis]!);
  return {layout, size: [side(rows), side(columns)], channels: PHOTO_CHANNELS};
}

/** Axes of each layout. */
export const AXES = {
  nchw: {channels: 1, size: [2, 3]},
  nhwc: {channels: 3, size: [1, 2]}
} as const;

/** The shape of a map for one photo. */
export function shapeOf({layout, size: [height, width], channels}: OnnxMap): readonly number[] {
  return layout === "nchw" ? [1, channels, height, width] : [1, height, width, channels];
}

/** Rows and columns of a list with a number an axis; null where it is none. */
export function pairOf(list: ArrayLike<number> | undefined, layout: Layout): readonly [number, number] | null {
  if (list?.length !== 4) return null;
  const [rows, columns] = AXES[layout].size;
  return [list[rows]!, list[columns]!];
}

/** The one map that two are added or multiplied to. */
export function together(a: OnnxMap, b: OnnxMap): OnnxMap | null {
  if (a.layout !== b.layout) return null;
  const larger = (one: number, other: number) => (one === 1 ? other : one);
  return {
    layout: a.layout,
    size: [larger(a.size[0], b.size[0]), larger(a.size[1], b.size[1])],
    channels: larger(a.channels, b.channels)
  };
}
