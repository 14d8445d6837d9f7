import {expect, it} from "vitest";
import {kernelRow, kernelTable} from "../../scripts/bench/kernels/report.js";

it("our kernels stand beside TensorFlow.js's by their medians, with what a second of ours computes", () => {
  const row = kernelRow({model: "nano", size: 257, outputStride: 16}, 5e6, {
    ours: [2, 1, 9],
    theirs: [5, 3, 4]
  });
  expect(row).toMatchObject({ours: 2, theirs: 4, ratio: 2, gigaflops: 5});
  expect(kernelTable([row])).toMatch(/nano +257 +16 +2\.0 +4\.0 +2\.00 +5\.0$/);
});
