import {describe, expect, it} from "vitest";
import {plan, stepNamed, weightShapes} from "../../src/engine/plan.js";
import {released} from "../../src/engine/released.js";
import {convolutionOf} from "../../src/engine/steps/convolution.js";
import {complete} from "./networks.js";

const at = (height: number, width: number, outputStride: number, rates?: number[]) => plan(complete, {height, width, outputStride, rates});

describe("feature size", () => {
  it.each([
    [513, 8, 65],
    [513, 16, 33],
    [513, 32, 17],
    [224, 16, 14],
    [257, 8, 33]
  ])("of a side of %i at output stride %i is %i", (side, outputStride, expected) => {
    expect(at(side, side, outputStride)).toMatchObject({featureHeight: expected, featureWidth: expected});
  });

  it("keeps height and width apart", () => {
    expect(at(33, 513, 16)).toMatchObject({featureHeight: 3, featureWidth: 33});
  });
});

describe("a stride past the output stride becomes a rate", () => {
  const strideAndRate = (outputStride: number) =>
    at(513, 513, outputStride)
      .steps.filter(({name}) => /block_\d+\/depthwise/.test(name))
      .map((step) => `${convolutionOf(step)!.stride}/${convolutionOf(step)!.rate}`);
  const ones = (n: number, rate = 1) => Array<string>(n).fill(`1/${rate}`);

  it("at 32 nothing is dilated", () => {
    expect(strideAndRate(32)).toEqual([..."1/1 2/1 1/1 2/1 1/1 1/1 2/1".split(" "), ...ones(6), "2/1", ...ones(3)]);
  });
  it("at 16 the last stage runs at rate 2, its first layer still at rate 1", () => {
    expect(strideAndRate(16)).toEqual([..."1/1 2/1 1/1 2/1 1/1 1/1 2/1".split(" "), ...ones(7), ...ones(3, 2)]);
  });
  it("at 8 rate 2 comes two stages earlier and rate 4 at the end", () => {
    expect(strideAndRate(8)).toEqual([..."1/1 2/1 1/1 2/1 1/1 1/1 1/1".split(" "), ...ones(7, 2), ...ones(3, 4)]);
  });
});

describe("ASPP rates", () => {
  const rates = (outputStride: number, stated?: number[]) => {
    const made = at(513, 513, outputStride, stated);
    return ["aspp/atrous_0/depthwise", "aspp/atrous_1"].map((name) => convolutionOf(stepNamed(made, name))!.rate);
  };
  it("are the stated ones at 16, doubled at 8, halved at 32", () => {
    expect(rates(16)).toEqual([6, 12]);
    expect(rates(8)).toEqual([12, 24]);
    expect(rates(32)).toEqual([3, 6]);
  });
  it("can be given for a run, and never fall below 1", () => {
    expect(rates(16, [1, 18])).toEqual([1, 18]);
    expect(rates(32, [1, 18])).toEqual([1, 9]);
  });
  it("are refused when they do not fit the branches", () => {
    expect(() => rates(16, [6, 12, 18])).toThrow("takes 2 rates");
    expect(() => rates(16, [0, 12])).toThrow("whole numbers from 1 up");
    expect(() => rates(16, [1.5, 12])).toThrow("whole numbers from 1 up");
  });
});

it("refuses sizes and strides that cannot be", () => {
  expect(() => at(32, 64, 16)).toThrow("at least 33");
  expect(() => at(33.5, 64, 16)).toThrow("whole number");
  expect(() => at(64, 64, 4)).toThrow("8, 16 or 32");
});

it("names end points as the papers' parts", () => {
  const names = at(65, 65, 16).steps.map(({name}) => name);
  expect(names[0]).toBe("input");
  expect(names.at(-1)).toBe("logits");
  for (const name of [
    "backbone/conv",
    "backbone/block_02",
    "backbone/block_02/expand",
    "backbone/block_02/depthwise",
    "backbone/block_02/project",
    "aspp/image_pooling",
    "aspp/conv_1x1",
    "aspp/atrous_0/pointwise",
    "aspp/atrous_1",
    "aspp/concat",
    "aspp/projection",
    "decoder/low_level",
    "decoder/concat",
    "decoder/conv_0/depthwise",
    "decoder/conv_1"
  ]) {
    expect(names).toContain(name);
  }
});

it("lists weight shapes in TensorFlow's layout", () => {
  expect(weightShapes(complete)).toMatchObject({
    "backbone/conv/kernel": [3, 3, 3, 8],
    "backbone/block_16/depthwise/kernel": [3, 3, 240, 1],
    "aspp/atrous_1/kernel": [3, 3, 80, 8],
    "aspp/projection/kernel": [1, 1, 32, 16],
    "decoder/conv_0/depthwise/kernel": [3, 3, 22, 1],
    "logits/bias": [5]
  });
  expect(Object.keys(weightShapes(released(1)))).not.toContain("decoder/low_level/kernel");
});
