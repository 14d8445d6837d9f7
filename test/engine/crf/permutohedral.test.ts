import {describe, expect, it} from "vitest";
import {permutohedralFilter} from "../../../src/engine/crf/permutohedral.js";
import {pseudoRandom, seededValues} from "../../../src/engine/seeded.js";
import {exactFilter, latticeFilter} from "./by-hand.js";

const filtered = (make: typeof permutohedralFilter, features: Float32Array, dimensions: number, values: Float32Array, channels: number) => {
  const sums = new Float32Array(values.length);
  make(features, dimensions).addFiltered(values, channels, 1, sums);
  return sums;
};

/** A square grid of points so many standard deviations apart. */
function grid(side: number, step: number): Float32Array {
  return Float32Array.from({length: 2 * side * side}, (_, i) => step * (i % 2 === 0 ? Math.floor(i / 2 / side) : (i / 2 - 0.5) % side));
}

describe("the filter on a permutohedral lattice", () => {
  it.each([1, 2, 3, 5])("is what its description says, in %i dimensions", (dimensions) => {
    const features = seededValues(dimensions, 300 * dimensions).map((value) => 4 * value);
    const values = seededValues(7, 300);
    const expected = latticeFilter(features, dimensions, values);
    const found = filtered(permutohedralFilter, features, dimensions, values, 1);
    expect(Math.max(...expected.map((value, i) => Math.abs(value - found[i]!)))).toBeLessThan(1e-5);
  });

  it("comes near to the Gaussian where points lie densely: within 0.06 of values from 0 to 1", () => {
    const features = grid(24, 1 / 3);
    const next = pseudoRandom(3);
    // Steps, as masks have.
    const values = Float32Array.from({length: 24 * 24}, (_, i) => (i % 24 > 12 !== i > 300 ? 0.8 + 0.2 * next() : 0.2 * next()));
    const exact = filtered(exactFilter, features, 2, values, 1);
    const found = filtered(permutohedralFilter, features, 2, values, 1);
    const differences = found.map((value, i) => Math.abs(value - exact[i]!));
    expect(Math.max(...differences)).toBeLessThan(0.06);
    // Two thirds of a standard deviation off, it would not.
    const others = filtered(
      exactFilter,
      features.map((value) => value / 1.67),
      2,
      values,
      1
    );
    expect(Math.max(...found.map((value, i) => Math.abs(value - others[i]!)))).toBeGreaterThan(0.12);
  });

  it("filters every channel alike, and adds with the weight it is given", () => {
    const features = grid(9, 0.4);
    const one = seededValues(5, 81);
    const three = Float32Array.from({length: 3 * 81}, (_, i) => one[Math.floor(i / 3)]! * ((i % 3) + 1));
    const alone = filtered(permutohedralFilter, features, 2, one, 1);
    const sums = new Float32Array(3 * 81).fill(10);
    permutohedralFilter(features, 2).addFiltered(three, 3, 2, sums);
    const differences = sums.map((sum, i) => Math.abs(sum - 10 - 2 * alone[Math.floor(i / 3)]! * ((i % 3) + 1)));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
  });
});
