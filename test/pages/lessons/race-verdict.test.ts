import {expect, it} from "vitest";
import {raceVerdict, timesTell} from "../../../src/pages/lessons/separable/verdict.js";

const made = (standard: number, depthwise: number, separable: number) => ({
  standard: {milliseconds: standard},
  depthwise: {milliseconds: depthwise},
  separable: {milliseconds: separable}
});

it("a part that took no less than the whole says that the times tell nothing", () => {
  expect(timesTell(made(50, 4, 10))).toBe(true);
  expect(timesTell(made(50, 10, 10))).toBe(false);
  const said = raceVerdict(8, made(50, 14, 10));
  expect(said).toContain("alone took 14.0 ms, no less than together with the pointwise part (10.0 ms)");
  expect(said).toContain("too noisy to tell");
  expect(said).not.toContain("the clock gives");
});

it("the gain by the clock is set beside the promise; a separable convolution that is slower is told as it is", () => {
  expect(raceVerdict(8, made(40, 4, 10))).toContain("the clock gives 4.0 ×, 50 % of the promise");
  expect(raceVerdict(8, made(78, 4, 10))).toContain("they agree here");
  expect(raceVerdict(8, made(100, 4, 10))).toContain("more than promised");
  expect(raceVerdict(8, made(9, 4, 10))).toContain("the clock gives 0.90 ×, 11 % of the promise");
});
