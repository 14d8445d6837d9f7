import {expect, it} from "vitest";
import {atPrecision} from "../../src/engine/precision.js";

const kernelSpec = (outputAxis: number) => ({shape: [], outputAxis, part: "factor", fanIn: 9}) as const;
const bias = {shape: [], outputAxis: 0, part: "summand", fanIn: 0} as const;

const weight = (shape: number[], ...values: number[]) => ({shape, values: Float32Array.from(values)});

it("leaves 32-bit weights as they are", () => {
  const weights = {"logits/bias": weight([1], 0.1)};
  expect(atPrecision(weights, "float32", {})).toBe(weights);
});

it("rounds kernels and biases to half precision: 11 significant bits, ties to even, tiny values in steps of 2^-24", () => {
  const step = 2 ** -10;
  const {a, b} = atPrecision(
    {a: weight([2, 2], 1 + step / 2, 1 + (3 * step) / 2, -(1 + 0.6 * step), 0), b: weight([2], 2 ** -24 * 1.4, 65504)},
    "float16",
    {}
  );
  expect(a!.shape).toEqual([2, 2]);
  expect([...a!.values]).toEqual([1, 1 + 2 * step, -(1 + step), 0]);
  expect([...b!.values]).toEqual([2 ** -24, 65504]);
  expect(() => atPrecision({"logits/kernel": weight([1], 70000)}, "float16", {})).toThrow('"logits/kernel" holds 70000');
});

it("quantises a kernel to 8 bits symmetrically, each output channel by its own largest magnitude", () => {
  // Two output channels. The first reaches 127, so its scale is 1; the second 2.54, so its scale is 0.02.
  const {"x/kernel": kernel} = atPrecision({"x/kernel": weight([1, 1, 3, 2], 127, 2.54, -3.4, -0.031, 0.6, 0.009)}, "int8", {
    "x/kernel": kernelSpec(3)
  });
  expect([...kernel!.values].map((value) => Number(value.toFixed(6)))).toEqual([127, 2.54, -3, -0.04, 1, 0]);
});

it("takes a depthwise kernel's channel from the axis before the last", () => {
  // [1, 2, 2, 1]: taps (1.27, 100) and (0.004, -127) of channels 0 and 1; scales 0.01 and 1.
  const values = [1.27, 100, 0.004, -127];
  const specs = {"block/depthwise/kernel": kernelSpec(2), "block/expand/kernel": kernelSpec(3)};
  const rounded = (name: string) =>
    [...atPrecision({[name]: weight([1, 2, 2, 1], ...values)}, "int8", specs)[name]!.values].map((value) => Number(value.toFixed(6)));
  expect(rounded("block/depthwise/kernel")).toEqual([1.27, 100, 0, -127]);
  // An ordinary kernel of this shape has one output channel, whose scale is 1.
  expect(rounded("block/expand/kernel")).toEqual([1, 100, 0, -127]);
});

it("keeps biases, and channels that are zero", () => {
  const weights = {"x/kernel": weight([1, 1, 1, 2], 0, 5), "x/bias": weight([2], 0.123456, -7)};
  const rounded = atPrecision(weights, "int8", {"x/kernel": kernelSpec(3), "x/bias": bias});
  expect(rounded["x/bias"]!.values).toEqual(weights["x/bias"].values);
  expect([...rounded["x/kernel"]!.values]).toEqual([0, 5]);
});
