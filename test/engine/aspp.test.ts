import {expect, it} from "vitest";
import {branchTaps} from "../../src/engine/aspp.js";
import {plan} from "../../src/engine/plan.js";
import {complete} from "./networks.js";

it("names the end points to mute and to show, and the rates of the run", () => {
  expect(plan(complete, {height: 65, width: 65, outputStride: 8}).branches).toEqual([
    {name: "image_pooling", kind: "image_pooling", endPoint: "aspp/image_pooling", joined: "aspp/image_pooling/upsampled", rate: 1},
    {name: "conv_1x1", kind: "conv_1x1", endPoint: "aspp/conv_1x1", joined: "aspp/conv_1x1", rate: 1},
    {name: "atrous_0", kind: "atrous", endPoint: "aspp/atrous_0/pointwise", joined: "aspp/atrous_0/pointwise", rate: 12},
    {name: "atrous_1", kind: "atrous", endPoint: "aspp/atrous_1", joined: "aspp/atrous_1", rate: 24}
  ]);
});

it("says which taps lie on the map", () => {
  const planned = plan(complete, {height: 257, width: 257});
  const [pooling, one, first, second] = planned.branches;
  const inside = (branch: typeof one, row: number, column: number) =>
    branchTaps(branch!, planned, row, column).filter((tap) => tap.inside).length;
  expect(branchTaps(pooling!, planned, 8, 8)).toEqual([]);
  expect(inside(one, 0, 0)).toBe(1);
  // 17 cells a side: rate 6 fits around the middle, and leaves four taps in a corner; rate 12 only the centre in the middle.
  expect(inside(first, 8, 8)).toBe(9);
  expect(inside(first, 0, 0)).toBe(4);
  expect(inside(second, 8, 8)).toBe(1);
});
