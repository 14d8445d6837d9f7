/**
 * Channels at a width multiplier, rounded to the nearest integer and at least one.
 *
 * @throws RangeError when the width is not a positive finite number
 */
export function scaledBy(width: number): (channels: number) => number {
  checkWidth(width);
  return (channels) => Math.max(1, Math.round(channels * width));
}

/** MobileNets are widened and narrowed in steps of this many channels. */
const DIVISOR = 8;

/**
 * The same, rounded to a multiple of eight, and up where that would take away more than a tenth (MobileNetV2 and V3 in their makers' code
 * and in torchvision).
 *
 * @throws RangeError when the width is not a positive finite number
 */
export function scaledInEights(width: number): (channels: number) => number {
  checkWidth(width);
  return (channels) => inEights(channels * width);
}

/** The nearest multiple of eight, or the next where that would be less by more than a tenth. */
export function inEights(channels: number): number {
  const rounded = Math.max(DIVISOR, Math.floor((channels + DIVISOR / 2) / DIVISOR) * DIVISOR);
  return rounded < 0.9 * channels ? rounded + DIVISOR : rounded;
}

function checkWidth(width: number): void {
  if (!(Number.isFinite(width) && width > 0)) {
    throw new RangeError(`A width multiplier must be a positive number; this one is ${width}.`);
  }
}
