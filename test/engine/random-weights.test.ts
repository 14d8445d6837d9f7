import {describe, expect, it} from "vitest";
import {cost} from "../../src/engine/cost.js";
import {randomWeights} from "../../src/engine/random-weights.js";
import {residualUnit} from "../../src/engine/teaching/residual-units.js";

describe("random weights", () => {
  it("are the same for a seed, and differ between seeds", () => {
    const steps = residualUnit("bottleneck", {channels: 8, size: 9});
    expect(randomWeights(steps, 5)).toEqual(randomWeights(steps, 5));
    expect(randomWeights(steps, 5)).not.toEqual(randomWeights(steps, 6));
  });

  it("have the variance 2 / fan-in, and as many values as the steps count parameters", () => {
    const steps = residualUnit("preactivation", {channels: 128, size: 9});
    const weights = randomWeights(steps, 5);
    const kernel = weights["conv/kernel"]!;
    expect(kernel.shape).toEqual([3, 3, 32, 32]);
    const variance = kernel.values.reduce((sum, value) => sum + value ** 2, 0) / kernel.values.length;
    expect(variance / (2 / (9 * 32))).toBeCloseTo(1, 1);
    const count = Object.values(weights).reduce((sum, {values}) => sum + values.length, 0);
    expect(count).toBe(cost({steps}).parameters);
  });
});
