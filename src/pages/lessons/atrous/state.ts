import {numbers, oneOf, range} from "../../../lab/state.js";
import {stackParameter} from "./stack-text.js";

/** Side of the photo's patch in cells: the largest rate's kernel, 49 cells, just fits. */
export const PATCH = 49;
/** Side of the kernel. */
export const TAPS = 3;
export const LARGEST_WEIGHT = 9;

/** Stacks to begin with, in short: from the photo on, but for the third, which begins on the map that the backbone gives. */
export const STACKS = {
  vggStage: "3,3,2s2",
  vgg: "3,3,2s2,3,3,2s2,3,3,3,2s2,3,3,3,2s2,3,3,3,2s2",
  mobileNetStart: "3s2,3,3s2,3",
  atrousEnd: "3r2,3r2,3r2,3r18",
  wholeWay: "3s2,3,3s2,3,3s2,3,3,3s2,3,3,3,3,3,3,3,3r2,3r2,3r2,3r18"
};

/** What M_2 of Wang et al. should not exceed: the taps of a kernel along one side. */
export const LARGEST_M2 = 3;

/** Rates to predict of: that rule takes those for full, and expects holes in these. Of each three one is not as it says. */
export const SAID_FULL = [
  [1, 2],
  [1, 3],
  [2, 3]
];
export const SAID_HOLED = [
  [1, 2, 8],
  [1, 3, 1],
  [2, 4, 8]
];

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
  stack: stackParameter("stack", STACKS.atrousEnd),
  stackPadding: oneOf("stack-padding", ["fixed", "valid"], "fixed"),
  mapSize: range("map", 5, 97, 65),
  cliffRate: range("cliff", 1, 96, 32)
};

/** A stack that stands in the site's own sources, in short. */
export const stackOf = (text: string) => ATROUS_TABLE.stack.parse(text)!;

export type AtrousTable = typeof ATROUS_TABLE;
