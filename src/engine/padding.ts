/** How far a convolution reaches and how it is padded: plain numbers, no tensors. */

export type Padding = "same" | "valid";

export interface AtrousOptions {
  /** Cells from one tap to the next, from 1 up; 1 is ordinary convolution. */
  readonly rate: number;
  readonly stride: number;
  readonly padding: Padding;
}

/** Effective extent of a kernel: k + (k-1)(r-1) cells. */
export function effectiveExtent(kernelSize: number, rate: number): number {
  return kernelSize + (kernelSize - 1) * (rate - 1);
}

/** Cells of zeros around a map of this side that "same" padding adds before and after it, as TensorFlow does. */
export function paddingOf(size: number, kernelSize: number, {rate, stride, padding}: AtrousOptions): {before: number; after: number} {
  if (padding === "valid") return {before: 0, after: 0};
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + effectiveExtent(kernelSize, rate) - size);
  return {before: Math.floor(total / 2), after: Math.ceil(total / 2)};
}

/** Side of the output; 0 where "valid" padding leaves no position at which the whole kernel fits. */
export function outputSize(size: number, kernelSize: number, options: AtrousOptions): number {
  const {before, after} = paddingOf(size, kernelSize, options);
  return Math.max(0, Math.floor((size + before + after - effectiveExtent(kernelSize, options.rate)) / options.stride) + 1);
}
