/** How far a convolution reaches and how it is padded: plain numbers, no tensors. */

/** As many zeros on every side, whatever the kernel reaches. */
export interface Margin {
  readonly margin: number;
}

/**
 * `same`: as many zeros as keep ceil(size / stride) cells, an odd one behind, as TensorFlow does. `fixed`: half of the kernel's reach
 * before
 * and behind whatever the size, as the release's ResNet-beta and Xception (and PyTorch) pad before a strided layer. `valid`: none.
 */
export type Padding = "same" | "fixed" | "valid" | Margin;

/** What every backend pads by itself. */
export type NativePadding = Extract<Padding, "same" | "valid">;

export function isNative(padding: Padding): padding is NativePadding {
  return padding === "same" || padding === "valid";
}

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

/** Cells of zeros around a map of this side that a padding adds before and after it. */
export function paddingOf(
  size: number,
  kernelSize: number,
  {rate, stride, padding}: AtrousOptions
): {readonly before: number; readonly after: number} {
  if (typeof padding === "object") return {before: padding.margin, after: padding.margin};
  const extent = effectiveExtent(kernelSize, rate);
  const total = {valid: 0, fixed: extent - 1, same: Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size)}[padding];
  return {before: Math.floor(total / 2), after: Math.ceil(total / 2)};
}

/** Side of the output; 0 where "valid" padding leaves no position at which the whole kernel fits. */
export function outputSize(size: number, kernelSize: number, options: AtrousOptions): number {
  const {before, after} = paddingOf(size, kernelSize, options);
  return Math.max(0, Math.floor((size + before + after - effectiveExtent(kernelSize, options.rate)) / options.stride) + 1);
}
