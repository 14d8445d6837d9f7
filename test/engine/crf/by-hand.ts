import type {GaussianFilter} from "../../../src/engine/crf/permutohedral.js";

/** The Gaussian filter as it is defined: every point with every other. */
export function exactFilter(features: Float32Array, dimensions: number): GaussianFilter {
  const points = features.length / dimensions;
  const kernel = (i: number, j: number) => {
    let squares = 0;
    for (let d = 0; d < dimensions; d++) squares += (features[i * dimensions + d]! - features[j * dimensions + d]!) ** 2;
    return Math.exp(-squares / 2);
  };
  const totals = Array.from({length: points}, (_, i) => sum(points, (j) => kernel(i, j)));
  return {
    addFiltered(values, channels, weight, sums) {
      for (let i = 0; i < points; i++) {
        for (let c = 0; c < channels; c++) {
          const filtered = sum(points, (j) => (kernel(i, j) * values[j * channels + c]!) / Math.sqrt(totals[i]! * totals[j]!));
          sums[i * channels + c]! += weight * filtered;
        }
      }
    }
  };
}

/**
 * The filter on a permutohedral lattice after its description (Adams et al. 2010): full coordinates, corners found by their weights, a
 * map of texts, every corner blurred in its turn. Normalised as `GaussianFilter` says.
 */
export function latticeFilter(features: Float32Array, d: number, values: Float32Array): number[] {
  const points = features.length / d;
  const shares = Array.from({length: points}, (_, i) => simplexOf(Array.from(features.subarray(i * d, (i + 1) * d))));
  const filter = (given: ArrayLike<number>) => {
    let lattice = new Map<string, number>();
    shares.forEach((corners, i) => corners.forEach(([corner, share]) => add(lattice, corner, share * given[i]!)));
    for (let direction = 0; direction <= d; direction++) {
      const blurred = new Map<string, number>();
      for (const [corner, value] of lattice) {
        const beside = (sign: number) =>
          corner
            .split(",")
            .map((coordinate, i) => Number(coordinate) + sign * (i === direction ? -d : 1))
            .join();
        blurred.set(corner, value + ((lattice.get(beside(1)) ?? 0) + (lattice.get(beside(-1)) ?? 0)) / 2);
      }
      lattice = blurred;
    }
    return shares.map((corners) => corners.reduce((total, [corner, share]) => total + share * lattice.get(corner)!, 0));
  };
  const scale = filter(new Float32Array(points).fill(1)).map((total) => 1 / Math.sqrt(total));
  return filter(values.map((value, i) => value * scale[i]!)).map((value, i) => value * scale[i]!);
}

/** The corners of the simplex that a point lies in, and how it divides between them. */
function simplexOf(feature: readonly number[]): (readonly [corner: string, share: number])[] {
  const d = feature.length;
  const deviation = Math.sqrt(2 / 3) * (d + 1);
  // The columns of E: (1, ..., 1, -i, 0, ..., 0), made as long as the standard deviation has to be.
  const elevated = Array.from({length: d + 1}, (_, row) =>
    sum(d, (i) => {
      const entry = row <= i ? 1 : row === i + 1 ? -(i + 1) : 0;
      return (entry * feature[i]! * deviation) / Math.sqrt((i + 1) * (i + 2));
    })
  );
  // Its remainder-0 point: multiples of d + 1 that add up to 0 and lie nearest.
  const multiples = elevated.map((value) => Math.round(value / (d + 1)));
  const order = elevated.map((value, i) => ({i, above: value - multiples[i]! * (d + 1)})).sort((a, b) => b.above - a.above || a.i - b.i);
  const excess = multiples.reduce((total, multiple) => total + multiple, 0);
  const wrapped = excess > 0 ? order.slice(-excess) : order.slice(0, -excess);
  for (const {i} of wrapped) multiples[i]! -= Math.sign(excess);
  const above = elevated.map((value, i) => value - multiples[i]! * (d + 1));
  const descending = above.map((value, i) => ({i, value})).sort((a, b) => b.value - a.value || a.i - b.i);
  return Array.from({length: d + 1}, (_, k) => {
    // The corner of remainder k: k steps up, but d + 1 down for the k coordinates that lie highest... of those that are lowest.
    const low = new Set(descending.slice(d + 1 - k).map(({i}) => i));
    const corner = multiples.map((multiple, i) => multiple * (d + 1) + (low.has(i) ? k - (d + 1) : k));
    const share =
      k === 0
        ? 1 - (descending[0]!.value - descending[d]!.value) / (d + 1)
        : (descending[d - k]!.value - descending[d + 1 - k]!.value) / (d + 1);
    return [corner.join(), share] as const;
  });
}

function add(map: Map<string, number>, key: string, value: number): void {
  map.set(key, (map.get(key) ?? 0) + value);
}

function sum(count: number, term: (index: number) => number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += term(i);
  return total;
}
