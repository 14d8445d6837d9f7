import {expect, it} from "vitest";
import {deviations, statisticsOf} from "../../../src/engine/teaching/batch-statistics.js";

// Two channels; each crop's values are one number twice, so that squares are the squares of means.
const means = Float32Array.from([1, 0, 3, 0, 5, 0, 7, 0]);
const moments = {crops: 4, channels: 2, means, squares: means.map((mean) => mean ** 2)};

it("joins the moments of a batch's crops", () => {
  expect(statisticsOf(moments)).toEqual({mean: Float32Array.from([4, 0]), variance: Float32Array.from([5, 0])});
  expect(statisticsOf(moments, 1, 2)).toEqual({mean: Float32Array.from([4, 0]), variance: Float32Array.from([1, 0])});
  expect(() => statisticsOf(moments, 3, 2)).toThrow("Of 4 crops there is no batch of 2 from 3.");
});

it("says how far batches are from all together, and leaves out channels that never speak", () => {
  const {means: apart, spreads} = deviations(moments, 2);
  const deviation = Math.sqrt(5);
  expect(Array.from(apart)).toEqual([-2, 2].map((off) => Math.fround(off / deviation)));
  expect(Array.from(spreads)).toEqual([1, 1].map((spread) => Math.fround(spread / deviation)));
  expect(deviations(moments, 1).spreads).toEqual(new Float32Array(4));
  expect(deviations(moments, 4)).toEqual({means: Float32Array.of(0), spreads: Float32Array.of(1)});
});
