/** Rare classes count no more than so many times as much as one of middling share: a few stray pixels would drown the rest. */
const MOST = 10;

/**
 * What a pixel of each class counts so that classes count alike: the median of the classes' shares of the pixels over the class's own
 * (median frequency balancing: Eigen & Fergus 2015, section 6.3.2). A class without pixels counts 1.
 *
 * @param pixels of each class
 */
export function balancedWeights(pixels: readonly number[]): number[] {
  const sorted = pixels.filter((count) => count > 0).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const middle = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return pixels.map((count) => (count > 0 ? Math.min(MOST, middle / count) : 1));
}
