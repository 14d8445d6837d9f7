import {expect, it} from "vitest";
import {kernelRow, kernelTable} from "../../scripts/bench/kernels/report.js";

it("our kernels stand beside TensorFlow.js's by their medians, with what threads bring and a second computes", () => {
  const row = kernelRow(
    {model: "nano", size: 257, outputStride: 16, threads: 2},
    {multiplyAdds: 5e6, arena: 2_500_000},
    {ours: [9, 2, 1], threaded: [1, 1.25, 7], theirs: [4, 3, 8]}
  );
  expect(row).toMatchObject({ours: 2, threaded: 1.25, theirs: 4, ratio: 2, scaling: 1.6, gigaflops: 5});
  expect(kernelTable([row])).toMatch(/nano +257 +16 +2\.0 +4\.0 +2\.00 +1\.3 +1\.60 +5\.0 +2\.5$/);
  expect(kernelTable([row])).toContain("ours in 2 threads, ms");
});
