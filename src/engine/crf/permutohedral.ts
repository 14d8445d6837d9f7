import {intKeys} from "./int-keys.js";

/** Points in a space of features, ready to be filtered with a Gaussian. */
export interface GaussianFilter {
  /**
   * Adds to `sums`, for each point i, weight · Σj k(i, j) · values(j). The Gaussian k(i, j) = exp(-|fi - fj|² / 2) is normalised
   * symmetrically, as D K D with D(i) = 1 / √(Σj k(i, j)); j = i counts.
   *
   * @param values `channels` a point
   * @param sums of the same length
   */
  addFiltered(values: Float32Array, channels: number, weight: number, sums: Float32Array): void;
}

/**
 * The Gaussian filter on a permutohedral lattice (Adams, Baek and Davis 2010), in time linear in points and dimensions: each point gives
 * its values to the corners of the simplex that it lies in, the lattice is blurred by [1 2 1] along each of its directions, and each
 * point takes from its corners again. An approximation: splatting, the short blur and slicing together have the Gaussian's variance, not
 * quite its shape, and where points lie sparsely, corners between them are missing.
 *
 * As in the released code (densecrf 2013, NORMALIZE_SYMMETRIC) the result is normalised symmetrically, whatever the blur's own scale.
 *
 * @param features `dimensions` a point, each in units of its standard deviation; values beyond ±1e8 do not fit the lattice's whole numbers
 */
export function permutohedralFilter(features: Float32Array, dimensions: number): GaussianFilter {
  const {corners, weights, neighbours, size} = embed(features, dimensions);
  const directions = dimensions + 1;
  const points = weights.length / directions;

  /** Values at the lattice's points, and beside them those being made; the first point stands for all that are not there, and is 0. */
  let [now, next] = [new Float32Array(0), new Float32Array(0)];

  function addFiltered(values: Float32Array, channels: number, weight: number, sums: Float32Array): void {
    const length = (size + 1) * channels;
    if (now.length !== length) [now, next] = [new Float32Array(length), new Float32Array(length)];
    else now.fill(0);
    splat(values, channels);
    for (let direction = 0; direction < directions; direction++) blur(direction, channels);
    slice(channels, weight, sums);
  }

  function splat(values: Float32Array, channels: number): void {
    for (let i = 0, at = 0; i < points; i++) {
      const from = i * channels;
      for (let j = 0; j < directions; j++, at++) {
        const to = corners[at]! * channels;
        const share = weights[at]!;
        for (let c = 0; c < channels; c++) now[to + c]! += share * values[from + c]!;
      }
    }
  }

  function blur(direction: number, channels: number): void {
    let at = 2 * direction * size;
    for (let to = channels; to < now.length; to += channels) {
      const before = neighbours[at++]! * channels;
      const after = neighbours[at++]! * channels;
      for (let c = 0; c < channels; c++) next[to + c] = now[to + c]! + 0.5 * (now[before + c]! + now[after + c]!);
    }
    [now, next] = [next, now];
  }

  function slice(channels: number, weight: number, sums: Float32Array): void {
    for (let i = 0, at = 0; i < points; i++) {
      const to = i * channels;
      for (let j = 0; j < directions; j++, at++) {
        const from = corners[at]! * channels;
        const share = weight * weights[at]!;
        for (let c = 0; c < channels; c++) sums[to + c]! += share * now[from + c]!;
      }
    }
  }

  const totals = new Float32Array(points);
  addFiltered(new Float32Array(points).fill(1), 1, 1, totals);
  // A point's shares are the same on the way in and on the way out: with its D in them, both ways are normalised.
  for (let i = 0, at = 0; i < points; i++) {
    const scale = 1 / Math.sqrt(totals[i]!);
    for (let j = 0; j < directions; j++, at++) weights[at]! *= scale;
  }
  return {addFiltered};
}

interface Embedding {
  /** For each point the corners of its simplex, by number from 1 on, and how it divides between them. */
  readonly corners: Int32Array;
  readonly weights: Float32Array;
  /** Corners that there are. */
  readonly size: number;
  /** For each direction and corner the corners before and after it; 0 where there is none. */
  readonly neighbours: Int32Array;
}

/**
 * Where points lie on the lattice. It is the integer lattice of one dimension more, seen along its diagonal: a corner's coordinates add up
 * to 0 and are equal modulo `dimensions` + 1, so that the last need not be kept.
 */
function embed(features: Float32Array, dimensions: number): Embedding {
  const d = dimensions;
  const points = features.length / d;
  const corners = new Int32Array(points * (d + 1));
  const weights = new Float32Array(points * (d + 1));
  const keys = intKeys(d, points);
  const scale = scales(d);
  const elevated = new Float64Array(d + 1);
  const nearest = new Int32Array(d + 1);
  const rank = new Int32Array(d + 1);
  const barycentric = new Float64Array(d + 2);
  const key = new Int32Array(d);

  for (let point = 0; point < points; point++) {
    // Onto the hyperplane whose coordinates add up to 0.
    let sum = 0;
    for (let j = d; j > 0; j--) {
      const scaled = features[point * d + j - 1]! * scale[j - 1]!;
      elevated[j] = sum - j * scaled;
      sum += scaled;
    }
    elevated[0] = sum;

    // The nearest point whose coordinates are multiples of d + 1; these may not add up to 0.
    let excess = 0;
    for (let i = 0; i <= d; i++) {
      const multiple = Math.round(elevated[i]! / (d + 1));
      nearest[i] = multiple * (d + 1);
      excess += multiple;
    }
    // Coordinates by how far they lie above it, the farthest first.
    rank.fill(0);
    for (let i = 0; i < d; i++) {
      const above = elevated[i]! - nearest[i]!;
      for (let j = i + 1; j <= d; j++) {
        if (above < elevated[j]! - nearest[j]!) rank[i]!++;
        else rank[j]!++;
      }
    }
    for (let i = 0; i <= d; i++) {
      rank[i]! += excess;
      const wrap = rank[i]! < 0 ? d + 1 : rank[i]! > d ? -(d + 1) : 0;
      rank[i]! += wrap;
      nearest[i]! += wrap;
    }

    barycentric.fill(0);
    for (let i = 0; i <= d; i++) {
      const above = (elevated[i]! - nearest[i]!) / (d + 1);
      barycentric[d - rank[i]!]! += above;
      barycentric[d + 1 - rank[i]!]! -= above;
    }
    barycentric[0]! += 1 + barycentric[d + 1]!;

    for (let corner = 0; corner <= d; corner++) {
      for (let i = 0; i < d; i++) key[i] = nearest[i]! + (rank[i]! <= d - corner ? corner : corner - (d + 1));
      const at = point * (d + 1) + corner;
      corners[at] = keys.add(key) + 1;
      weights[at] = barycentric[corner]!;
    }
  }

  const {size} = keys;
  const neighbours = new Int32Array(2 * (d + 1) * size);
  for (let direction = 0; direction <= d; direction++) {
    const first = 2 * direction * size;
    for (let corner = 0; corner < size; corner++) {
      keys.read(corner, key);
      for (let i = 0; i < d; i++) key[i]! += i === direction ? -d : 1;
      const after = keys.find(key);
      if (after < 0) continue;
      neighbours[first + 2 * corner + 1] = after + 1;
      neighbours[first + 2 * after] = corner + 1;
    }
  }
  return {corners, weights, neighbours, size};
}

/**
 * What each feature is multiplied by: the basis of the hyperplane is orthogonal but its vectors are longer and longer, and a standard
 * deviation has to be so many steps of the lattice that splat, blur and slice together have its variance (Adams et al., section 3).
 */
function scales(d: number): Float64Array {
  const deviation = Math.sqrt(2 / 3) * (d + 1);
  return Float64Array.from({length: d}, (_, i) => deviation / Math.sqrt((i + 1) * (i + 2)));
}
