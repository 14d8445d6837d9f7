import {expect, it} from "vitest";
import {modelNamed} from "../../../scripts/evaluate/model.js";
import {cost} from "../../../src/engine/cost.js";
import type {Network} from "../../../src/engine/network.js";
import {plan} from "../../../src/engine/plan.js";
import {released} from "../../../src/engine/released.js";
import {memoryInWords, timesFollowCost, timesInWords} from "../../../src/pages/lessons/output-stride/verdicts.js";

const made = (times: readonly [at32: number, at16: number, at8: number]) =>
  ([32, 16, 8] as const).map((outputStride, index) => ({
    outputStride,
    cost: {multiplyAdds: [2e8, 3e8, 8e8][index]!, peakActivationBytes: 5e6},
    time: {milliseconds: times[index]!}
  }));

it("times that do not rise with the cost are said to tell nothing", () => {
  expect(timesFollowCost(made([40, 51, 85]))).toBe(true);
  expect(timesInWords(made([40, 51, 85]))).toBe("");
  // As they were measured on a busy machine.
  const said = timesInWords(made([135, 51, 85]));
  expect(said).toContain("135 ms at 32, 51 ms at 16, 85 ms at 8");
  expect(said).toContain("too noisy to tell");
  expect(timesFollowCost(made([51, 51, 85]))).toBe(false);
});

it("memory is said to grow where it grows, and not where it does not", async () => {
  const runs = (network: Network) =>
    ([32, 16, 8] as const).map((outputStride) => ({
      outputStride,
      cost: cost(plan(network, {height: 257, width: 257, outputStride})),
      time: {milliseconds: 1}
    }));
  // The decoder's maps are as large at any output stride, and nano's largest.
  const {network: nano} = await modelNamed("nano");
  expect(new Set(runs(nano).map((run) => run.cost.peakActivationBytes)).size).toBe(1);
  expect(memoryInWords(runs(nano))).toContain("the same at every output stride");
  const half = runs(released(0.5));
  const grown = (half[2]!.cost.peakActivationBytes / half[0]!.cost.peakActivationBytes).toFixed(2);
  expect(Number(grown)).toBeGreaterThan(1.1);
  expect(memoryInWords(half)).toContain(`is ${grown} times as large at output stride 8 as at 32`);
});
