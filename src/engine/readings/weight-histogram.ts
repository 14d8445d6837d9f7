/** How often weights of which size occur, before and after rounding. */
export interface WeightHistogram {
  /** Middle of the first bin, and the width of a bin, in the weights' own unit. */
  readonly first: number;
  readonly width: number;
  /** Share of all weights, 0-1, in each bin; what lies beyond the bins is in none. */
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** About how many bins there are. */
const BINS = 81;
/** The bins reach as far to either side as this share of the weights: a few wide channels would leave the others one bin. */
const SHOWN = 0.9;

/**
 * The histogram of a kernel and of what rounding makes of it.
 *
 * @param grid where all values after rounding are whole steps from `zero`, which itself may lie off the grid by a part of a step: bins are
 * then whole steps wide, or whole parts of a step, with the grid's values in their middle, so that no pattern appears that is only the
 * bins'
 */
export function weightHistogram(
  before: Float32Array,
  after: Float32Array,
  grid: {readonly step: number; readonly offset: number} | null
): WeightHistogram {
  const sizes = before.map(Math.abs).sort();
  const extent = sizes[Math.floor(SHOWN * (sizes.length - 1))]! || sizes.at(-1)! || 1;
  const wanted = (2 * extent) / BINS;
  const width = grid ? wholeSteps(wanted, grid.step) : wanted;
  const offset = grid?.offset ?? 0;
  const bins = 2 * Math.ceil((extent + Math.abs(offset)) / width) + 1;
  const first = offset - ((bins - 1) / 2) * width;
  const sharesOf = (values: Float32Array) => {
    const shares = new Float64Array(bins);
    for (const value of values) {
      const bin = Math.round((value - first) / width);
      if (bin >= 0 && bin < bins) shares[bin]! += 1 / values.length;
    }
    return shares;
  };
  return {first, width, before: sharesOf(before), after: sharesOf(after)};
}

/** The width of an odd number of steps, or of an odd part of a step, that is next to another: an odd number has a middle one. */
function wholeSteps(width: number, step: number): number {
  return width >= step ? odd(width / step) * step : step / odd(step / width);
}

function odd(ratio: number): number {
  return 2 * Math.floor(ratio / 2) + 1;
}
