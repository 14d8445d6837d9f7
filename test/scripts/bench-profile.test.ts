import {expect, it} from "vitest";
import {profileRow, profileTable} from "../../scripts/bench/kernels/profile-report.js";
import {measuredCeiling} from "../../scripts/bench/kernels/ceiling.js";

it("a profile says of each kind of step what share of the time it takes, and how near it is to what the machine can do", () => {
  const parts = (scale: number) => [
    {kind: "convolution 1x1", multiplyAdds: 3e6, bytes: 2e6, ms: [9, scale, 0.1]},
    {kind: "convolution 1x1", multiplyAdds: 1e6, bytes: 1e6, ms: [scale]},
    {kind: "labels", multiplyAdds: 0, bytes: 0, ms: [2]}
  ];
  const setting = {model: "nano", size: 257, outputStride: 8, isRelaxed: true, threads: [1, 2], ceilings: [10, 20]};
  const row = profileRow(setting, [parts(4), parts(1)]);
  expect(row.lines.map(({kind, parts: count}) => [kind, count])).toEqual([
    ["convolution 1x1", 2],
    ["labels", 1],
    ["all", 3]
  ]);
  expect(row.lines[0]!.in).toMatchObject([
    {ms: 8, share: 0.8, gigaflops: 1, ofCeiling: 0.1},
    {ms: 2, share: 0.5, gigaflops: 4, ofCeiling: 0.2, gigabytes: 1.5}
  ]);
  expect(profileTable(row)).toContain("relaxed SIMD; ceiling: GFLOP/s of 10.0 in 1, 20.0 in 2");
  expect(profileTable(row)).toMatch(/convolution 1x1 +2 +4\.0 +3\.00 +8\.00 +80\.0 +1\.0 +10 +0\.4 +2\.00 +50\.0 +4\.0 +20 +1\.5 +4\.00/);
});

it("what the machine can do is measured", async () => {
  const ceiling = await measuredCeiling(1);
  // No processor that runs this is slower, and none with vectors of four is faster.
  const rate = await ceiling.gigaflops(1);
  expect(rate).toBeGreaterThan(0.1);
  expect(rate).toBeLessThan(1000);
  ceiling.dispose();
});
