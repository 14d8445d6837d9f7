import {describe, expect, it} from "vitest";
import {firstGap, hybridDistance, pathCounts, pathField} from "../../../src/engine/teaching/gridding.js";

describe("pathCounts", () => {
  it("of one layer are its taps", () => {
    expect(pathCounts([3])).toEqual([1, 0, 0, 1, 0, 0, 1]);
  });
  it("of two layers are the products of their polynomials", () => {
    // (1 + x + x²)(1 + x² + x⁴)
    expect(pathCounts([1, 2])).toEqual([1, 1, 2, 1, 2, 1, 1]);
  });
  it("with one rate throughout keep their holes", () => {
    expect(pathCounts([2, 2, 2]).filter((count) => count === 0)).toHaveLength(6);
    expect(pathCounts([1, 2, 3]).includes(0)).toBe(false);
  });
});

/** Cells of a field that stacked 3x3 layers never read, by walking back from the output, tap by tap. */
function holesByHand(rates: readonly number[]): number {
  const reach = rates.reduce((sum, rate) => sum + rate, 0);
  const side = 2 * reach + 1;
  let reached = new Set([reach * side + reach]);
  for (const rate of rates) {
    const next = new Set<number>();
    for (const cell of reached)
      for (const down of [-rate, 0, rate]) for (const right of [-rate, 0, rate]) next.add(cell + down * side + right);
    reached = next;
  }
  return side ** 2 - reached.size;
}

/** Every stack of so many layers with rates up to a largest. */
function stacks(layers: number, largest: number): number[][] {
  if (layers === 0) return [[]];
  return stacks(layers - 1, largest).flatMap((below) => Array.from({length: largest}, (_, i) => [...below, i + 1]));
}

const STACKS = [...stacks(1, 8), ...stacks(2, 8), ...stacks(3, 8), ...stacks(4, 4)].map((rates) => ({rates, holes: holesByHand(rates)}));

describe("the rules about holes, on every stack of up to three layers with rates to 8 and of four with rates to 4", () => {
  it("the field has the holes that walking back finds", () => {
    expect(STACKS.filter(({rates, holes}) => pathField(rates).holes !== holes)).toEqual([]);
  });

  it("a rate that is too large is found exactly where there are holes", () => {
    expect(STACKS.filter(({rates, holes}) => (firstGap(rates) !== null) !== holes > 0)).toEqual([]);
  });

  it("M_2 says the same of rising rates that begin with 1, and something else of some others, in both directions", () => {
    const differ = STACKS.filter(({rates, holes}) => rates.length > 1 && hybridDistance(rates)! > 3 !== holes > 0);
    const rises = (rates: readonly number[]) => rates[0] === 1 && rates.every((rate, i) => i === 0 || rate >= rates[i - 1]!);
    expect(differ.filter(({rates}) => rises(rates))).toEqual([]);
    expect(differ).toContainEqual({rates: [2, 3], holes: 40});
    expect(differ).toContainEqual({rates: [1, 3, 1], holes: 0});
  });

  it("a common factor is enough for holes, but none is not enough for none", () => {
    expect(holesByHand([2, 4, 8])).toBeGreaterThan(0);
    expect([holesByHand([1, 2, 8]), holesByHand([1, 3, 3])]).toEqual([88, 0]);
  });
});

it("says which rate is too large, and for what", () => {
  expect(firstGap([8, 1, 2])).toEqual({rate: 8, sum: 3, limit: 7});
  expect(firstGap([2, 3])).toEqual({rate: 2, sum: 0, limit: 1});
  expect(firstGap([1, 2, 5])).toBeNull();
});

it("M_2 is the last rate of two layers, comes down from it through more, and is none of one", () => {
  expect(hybridDistance([2, 3])).toBe(3);
  // The paper's own two examples.
  expect(hybridDistance([1, 2, 5])).toBe(2);
  expect(hybridDistance([1, 2, 9])).toBe(5);
  expect(hybridDistance([1, 3, 1])).toBe(5);
  expect(hybridDistance([2, 2, 2])).toBe(2);
  expect(hybridDistance([3])).toBeNull();
});
