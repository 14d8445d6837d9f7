import type {Weight} from "../engine/model.js";
import type {Padding} from "../engine/padding.js";
import type {Margins, WindowPadding} from "./operations.js";

/**
 * How a folded convolution is padded: "same" as TensorFlow means it, "fixed" (half of its reach before and behind, whatever the
 * size, before a stride), either of the two, "valid", margins that are none of these, or "unknown" where the file computes them in a run.
 */
export type FoldedPadding = "same" | "fixed" | "same_or_fixed" | "valid" | "unknown" | Margins;

/** What slides over a map. */
export interface Slid {
  readonly kernel: Pick<Weight, "shape">;
  readonly stride: number;
  readonly rate: number;
}

const NONE: Margins = {before: [0, 0], after: [0, 0]};

/** What stands before a convolution and belongs to it, nearest first: zeros around the map, cells gathered into batches. */
export type Before =
  {readonly op: "pad"; readonly margins: Margins | null} | {readonly op: "atrous"; readonly rate: number; readonly margins: Margins | null};

/** Padding and atrous rate of a convolution with what stands before it. */
export function paddingBehind(
  {kernel, stride, rate, padding = "same"}: Slid & {readonly padding?: WindowPadding},
  before: readonly Before[]
): {rate: number; padding: FoldedPadding} {
  if ((padding === "same" || padding === "same_or_fixed") && before.length === 0) return {rate, padding};
  let reached = rate;
  let margins = statedMargins({kernel, stride, rate}, padding);
  for (const {margins: more, ...step} of before) {
    if (step.op === "atrous") {
      reached *= step.rate;
      margins = margins && scaled(margins, step.rate);
    }
    margins = margins && more && sum(margins, more, 1);
  }
  return {rate: reached, padding: named({kernel, stride, rate: reached}, margins)};
}

/** The padding of a convolution whose result is cropped, as cells that were gathered into batches are. */
export function croppedPadding(slid: Slid & {readonly padding: FoldedPadding}, crops: Margins | null = NONE): FoldedPadding {
  const {padding} = slid;
  const margins = padding === "unknown" || padding === "fixed" || padding === "same_or_fixed" ? null : statedMargins(slid, padding);
  return named(slid, margins && crops && sum(margins, crops, -1));
}

/** The margins of a padding, null where they depend on the size of the map. */
function statedMargins(slid: Slid, padding: WindowPadding): Margins | null {
  if (padding === "same_or_fixed") return null;
  if (typeof padding === "object") return padding;
  if (padding === "valid") return NONE;
  const reach = reachOf(slid);
  if (slid.stride !== 1 && reach.some((cells) => cells > 0)) return null;
  const [rows, columns] = reach;
  return {before: [Math.floor(rows / 2), Math.floor(columns / 2)], after: [Math.ceil(rows / 2), Math.ceil(columns / 2)]};
}

function named(slid: Slid, margins: Margins | null): FoldedPadding {
  if (!margins) return "unknown";
  const all = [...margins.before, ...margins.after];
  const [rows, columns] = reachOf(slid);
  if (all.join() === [rows / 2, columns / 2, rows / 2, columns / 2].join())
    return slid.stride === 1 || rows + columns === 0 ? "same" : "fixed";
  return all.every((cells) => cells === 0) ? "valid" : margins;
}

/** Whether a padding is what a description says. */
export function isPaddedAlike(found: FoldedPadding, described: Padding): boolean {
  if (typeof described === "object") {
    return typeof found === "object" && [...found.before, ...found.after].every((cells) => cells === described.margin);
  }
  return found === described || (found === "same_or_fixed" && described !== "valid");
}

/** Cells beyond the one at its place that a kernel reads, by rows and by columns. */
function reachOf({kernel, rate}: Slid): readonly [number, number] {
  const [height = 1, width = 1] = kernel.shape;
  return [(height - 1) * rate, (width - 1) * rate];
}

function sum(a: Margins, b: Margins, sign: 1 | -1): Margins {
  const add = (one: Margins["before"], other: Margins["before"]) => [one[0] + sign * other[0], one[1] + sign * other[1]] as const;
  return {before: add(a.before, b.before), after: add(a.after, b.after)};
}

function scaled({before, after}: Margins, factor: number): Margins {
  return {before: [before[0] * factor, before[1] * factor], after: [after[0] * factor, after[1] * factor]};
}
