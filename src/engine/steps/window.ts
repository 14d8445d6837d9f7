import {effectiveExtent, outputSize, paddingOf} from "../padding.js";
import type {Padding} from "../padding.js";
import type {Axis, Field, Place, ReadCell, Shape, StepBase} from "./kind.js";

/** Plain numbers of the kinds that slide a window over the map: convolutions and pools. */

export interface Window {
  /** Taps of the window, rows and columns. */
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  /** Atrous rate of this run, after output stride and ASPP rates were applied. */
  readonly rate: number;
  readonly padding: Padding;
}

/** @throws RangeError where a number is not a whole one from 1 up, or no window fits on the map */
export function windowShape(window: Window, {height, width}: Shape): {readonly height: number; readonly width: number} {
  const {kernel, stride, rate} = window;
  for (const [name, value] of [
    ["kernel", kernel[0]],
    ["kernel", kernel[1]],
    ["stride", stride],
    ["rate", rate]
  ] as const) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`A ${name} must be a whole number from 1 up; this one is ${value}.`);
  }
  const size = {height: outputSize(height, kernel[0], window), width: outputSize(width, kernel[1], window)};
  if (size.height < 1 || size.width < 1) {
    throw new RangeError(
      `A window of ${kernel.join(" × ")} taps at rate ${rate} does not fit on a map of ${height} × ${width} cells without padding.`
    );
  }
  return size;
}

export function windowField({kernel, stride, rate}: Window, axis: Axis): Field {
  return {extent: effectiveExtent(tapsAlong(kernel, axis), rate), jump: stride};
}

/** Taps outside the map read padding: at a large rate a cell may be all that is left of its neighbourhood. */
export function windowCells(step: Window & StepBase, axis: Axis, first: number, last: number): readonly [number, number] {
  const taps = tapsAlong(step.kernel, axis);
  const size = step.from[0]![axis];
  const {before} = paddingOf(size, taps, step);
  const read = Array.from(
    {length: (last - first + 1) * taps},
    (_, i) => (first + Math.floor(i / taps)) * step.stride - before + (i % taps) * step.rate
  ).filter((cell) => cell >= 0 && cell < size);
  return [Math.min(...read), Math.max(...read)];
}

/** What each tap of a window reads for one place of the output, padding included. */
export function windowReads(rows: Window & StepBase, columns: Window & StepBase, {row, column}: Place, share: number | null): ReadCell[] {
  const {height, width} = rows.from[0]!;
  const [down, right] = rows.kernel;
  const top = row * rows.stride - paddingOf(height, down, rows).before;
  const left = column * columns.stride - paddingOf(width, right, columns).before;
  return Array.from({length: down * right}, (_, tap) => ({
    input: 0,
    row: top + Math.floor(tap / right) * rows.rate,
    column: left + (tap % right) * columns.rate,
    share
  }));
}

/** Whether a cell lies on a map, and not in what is padded around it. */
export function isOnMap({row, column}: Pick<ReadCell, "row" | "column">, {height, width}: Shape): boolean {
  return row >= 0 && row < height && column >= 0 && column < width;
}

/** Rows and columns of what may be said once for both. */
export function sides(value: number | readonly [height: number, width: number]): readonly [height: number, width: number] {
  return typeof value === "number" ? [value, value] : value;
}

export function tapsAlong(kernel: Window["kernel"], axis: Axis): number {
  return kernel[axis === "height" ? 0 : 1];
}
