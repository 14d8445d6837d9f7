/** Largest absolute difference between two lists of numbers; NaN where one of them holds NaN. @throws Error when their lengths differ */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} values cannot be compared.`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    // NaN is not larger than anything, and must not pass as equal.
    if (Number.isNaN(difference)) return NaN;
    if (difference > largest) largest = difference;
  }
  return largest;
}

/** Share of the places at which two lists of equal length agree, 0-1. */
export function agreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} labels cannot be compared.`);
  let equal = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) equal++;
  return equal / a.length;
}

/**
 * The pixels whose labels differ although it is no tie: the two largest scores lie further apart than a margin.
 *
 * @param scores of the classes at every pixel, one pixel after the other
 */
export function apartOffTies(a: ArrayLike<number>, b: ArrayLike<number>, scores: ArrayLike<number>, margin: number): number[] {
  const classes = scores.length / a.length;
  const lead = (pixel: number) => {
    const [first, second] = Array.from({length: classes}, (_, k) => scores[pixel * classes + k]!).sort((x, y) => y - x);
    return first! - second!;
  };
  return Array.from({length: a.length}, (_, pixel) => pixel).filter((pixel) => a[pixel] !== b[pixel] && lead(pixel) > margin);
}
