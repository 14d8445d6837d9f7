import {numbers, oneOf, range} from "../../../lab/state.js";

/** Side of the photo's patch in cells: the largest rate's kernel, 49 cells, just fits. */
export const PATCH = 49;
/** Side of the kernel. */
export const TAPS = 3;
export const LARGEST_WEIGHT = 9;

/** Kernels to begin with. */
export const KERNELS = {
  "vertical edges": [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  "horizontal edges": [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  blur: new Array<number>(9).fill(1 / 9),
  "all edges": [-1, -1, -1, -1, 8, -1, -1, -1, -1],
  "centre only": [0, 0, 0, 0, 1, 0, 0, 0, 0]
};

export const ATROUS_TABLE = {
  rate: range("rate", 1, 24, 4),
  stride: range("stride", 1, 4, 1),
  padding: oneOf("padding", ["same", "valid"], "same"),
  kernel: numbers("kernel", {min: -LARGEST_WEIGHT, max: LARGEST_WEIGHT, lengths: [9, 9], whole: false}, KERNELS["vertical edges"]),
  /** The chosen output cell; beyond the map it is its last one. */
  row: range("row", 0, PATCH - 1, 20),
  column: range("column", 0, PATCH - 1, 22),
  gridding: numbers("rates", {min: 1, max: 8, lengths: [1, 4]}, [2, 2, 2]),
  mapSize: range("map", 5, 97, 65),
  cliffRate: range("cliff", 1, 96, 32)
};
export type AtrousTable = typeof ATROUS_TABLE;
