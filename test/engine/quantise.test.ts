import {describe, expect, it, test} from "vitest";
import {QUANTISATIONS, quantisationName, quantisationNamed, quantise} from "../../src/engine/quantise.js";
import {seededValues} from "../../src/engine/seeded.js";
import {tfliteValues} from "../../src/formats/tflite.js";

const rounded = (values: readonly number[], channels: number, name: string) => {
  const {values: found, scales, zeroPoints} = quantise(Float32Array.from(values), channels, quantisationNamed(name)!);
  const digits = (list: Iterable<number>) => [...list].map((value) => Number(value.toFixed(5)));
  return {values: digits(found), scales: digits(scales), zeroPoints: digits(zeroPoints)};
};

describe("quantise, computed by hand", () => {
  // Two channels, the one a hundred times as wide as the other; the wide one reaches 12.7, so that the step of a tensor is 0.1.
  const kernel = [12.7, 0.127, -6.34, -0.049, 1.26, 0.051];

  it("with one scale per tensor leaves a narrow channel three values", () => {
    expect(rounded(kernel, 2, "int8-per-tensor")).toEqual({
      values: [12.7, 0.1, -6.3, 0, 1.3, 0.1],
      scales: [0.1, 0.1],
      zeroPoints: [127, 127]
    });
  });

  it("with one scale per channel rounds a narrow channel as finely as a wide one", () => {
    expect(rounded(kernel, 2, "int8-per-channel")).toEqual({
      values: [12.7, 0.127, -6.3, -0.049, 1.3, 0.051],
      scales: [0.1, 0.001],
      zeroPoints: [127, 127]
    });
  });

  it("with 4 bits has seven steps to either side", () => {
    expect(rounded([7, -3.4, 0.4, -0.6], 1, "int4-per-tensor")).toEqual({values: [7, -3, 0, -1], scales: [1], zeroPoints: [7]});
  });

  it("with a zero point puts zero on the grid, and moves the ends", () => {
    // From -1.06 to 1.94 in 15 steps of 0.2: zero would stand at 5.3, and is moved to 5.
    expect(rounded([-1.06, 1.94, 0, 0.29], 1, "uint4-per-tensor")).toEqual({values: [-1, 2, 0, 0.2], scales: [0.2], zeroPoints: [5]});
  });

  it("with a zero point reaches down, or up, to zero where all weights are to one side of it", () => {
    expect(rounded([3, 15], 1, "uint4-per-tensor")).toEqual({values: [3, 15], scales: [1], zeroPoints: [0]});
    expect(rounded([-3, -15], 1, "uint4-per-tensor")).toEqual({values: [-3, -15], scales: [1], zeroPoints: [15]});
  });

  it("between smallest and largest moves what is zero, and all that lies whole steps from it the same way", () => {
    expect(rounded([-1.06, 1.94, 0, 0.2, -0.2], 1, "minmax4-per-tensor")).toEqual({
      values: [-1.06, 1.94, -0.06, 0.14, -0.26],
      scales: [0.2],
      zeroPoints: [5.3]
    });
  });

  it.each(QUANTISATIONS.map(quantisationName))("%s keeps what is zero, or all one value", (name) => {
    expect(rounded([0, 0, 0, 0], 2, name).values).toEqual([0, 0, 0, 0]);
    expect(rounded([2, 2], 1, name).values).toEqual([2, 2]);
  });
});

describe("what is rounded to whole numbers is what TensorFlow Lite makes of them", () => {
  const shape = [3, 3, 5, 1];
  const values = seededValues(7, 45).map((value, i) => value * 10 ** ((i % 5) - 2));

  test.each(["int8-per-channel", "int8-per-tensor", "uint8-per-tensor", "uint8-per-channel"] as const)("%s", (name) => {
    const {grid} = quantisationNamed(name)!;
    const found = quantise(values, 5, quantisationNamed(name)!);
    const stored = [...found.values].map((value, i) => Math.round(value / found.scales[i % 5]! + found.zeroPoints[i % 5]!));
    expect(Math.min(...stored)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...stored)).toBeLessThanOrEqual(255);
    // Signed whole numbers are kept as they are, with 0 for zero.
    const signed = grid === "int";
    const dequantised = tfliteValues({
      name: "kernel",
      shape,
      type: signed ? "int8" : "uint8",
      data: signed ? new Uint8Array(Int8Array.from(stored, (whole) => whole - 127).buffer) : Uint8Array.from(stored),
      quantisation: {scales: [...found.scales], zeroPoints: signed ? [0, 0, 0, 0, 0] : [...found.zeroPoints], dimension: 2}
    });
    // One rounding to single precision apart.
    dequantised.forEach((value, i) => expect(found.values[i]).toBeCloseTo(value, 7));
    // And each lies within half a step of its weight, but for the ends that a zero point moves.
    const reach = grid === "uint" ? 1 : 0.5;
    found.values.forEach((value, i) => expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(reach * found.scales[i % 5]! + 1e-7));
  });
});

it("knows each quantisation by its name, and no other", () => {
  expect(quantisationNamed("minmax6-per-channel")).toEqual({grid: "minmax", bits: 6, per: "channel"});
  expect(new Set(QUANTISATIONS.map(quantisationName)).size).toBe(18);
  for (const name of ["int8", "int7-per-tensor", "float16", ""]) expect(quantisationNamed(name)).toBeUndefined();
});
