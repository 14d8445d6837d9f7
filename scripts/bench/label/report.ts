import {median, quantile} from "d3-array";

/** How a large photo is seen while it is painted on. */
export type Seen = "whole" | "enlarged";

export interface PaintRow {
  readonly kind: "label";
  readonly width: number;
  readonly height: number;
  readonly seen: Seen;
  /** Width of the brush, pixels of the photo. */
  readonly brush: number;
  readonly moves: number;
  readonly framesPerSecond: number;
  /** Milliseconds from one frame to the next. */
  readonly medianMs: number;
  readonly p95Ms: number;
  /** From the lifted pen to the frame after it: the stroke is ended and handed over to be kept. */
  readonly endMs: number;
}

/** @param gaps milliseconds between frames during the stroke */
export function paintRow(
  stroke: Pick<PaintRow, "width" | "height" | "seen" | "brush" | "moves" | "endMs">,
  gaps: readonly number[]
): PaintRow {
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    kind: "label",
    ...stroke,
    framesPerSecond: (1000 * gaps.length) / total,
    medianMs: median(gaps)!,
    p95Ms: quantile(gaps, 0.95)!
  };
}

export function paintLine({width, height, seen, brush, moves, framesPerSecond, medianMs, p95Ms, endMs}: PaintRow): string {
  const megapixels = ((width * height) / 1e6).toFixed(0);
  return (
    `Painting on ${width} × ${height} (${megapixels} megapixels), ${seen === "whole" ? "all of it in sight" : "enlarged"}, a brush of ${Math.round(brush)} pixels of the photo: ` +
    `${framesPerSecond.toFixed(0)} frames a second (median ${medianMs.toFixed(0)} ms, 95 % within ${p95Ms.toFixed(0)} ms) over ${moves} moves; ended within ${endMs.toFixed(0)} ms.`
  );
}
