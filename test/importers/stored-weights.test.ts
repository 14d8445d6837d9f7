import {describe, expect, test} from "vitest";
import type {SafetensorsEntry} from "../../src/formats/safetensors.js";
import {storedWeights} from "../../src/importers/stored-weights.js";

const int8 = (shape: number[], values: number[]): SafetensorsEntry => ({
  type: "I8",
  shape,
  data: new Uint8Array(Int8Array.from(values).buffer)
});
const float32 = (values: number[]): SafetensorsEntry => ({
  type: "F32",
  shape: [values.length],
  data: new Uint8Array(Float32Array.from(values).buffer)
});

describe("weights stored as int8", () => {
  test("are whole numbers times the scale of their output channel", () => {
    const weights = storedWeights({"a/kernel": int8([1, 1, 2, 3], [1, 2, 3, -127, 0, 127]), "a/kernel/scale": float32([0.5, 0.25, 2])});
    expect(Object.keys(weights)).toEqual(["a/kernel"]);
    expect(weights["a/kernel"]!.shape).toEqual([1, 1, 2, 3]);
    expect([...weights["a/kernel"]!.values]).toEqual([0.5, 0.5, 6, -63.5, 0, 254]);
  });
  test("of a depthwise kernel too", () => {
    const {values} = storedWeights({k: int8([2, 1, 2, 1], [1, 2, 3, 4]), "k/scale": float32([1, 10])})["k"]!;
    expect([...values]).toEqual([1, 20, 3, 40]);
  });
  test("stand beside floats, whose name may end like a scale's", () => {
    const weights = storedWeights({k: float32([1]), "k/scale": float32([7])});
    expect(Object.keys(weights)).toEqual(["k", "k/scale"]);
  });
  const damaged: [string, Record<string, SafetensorsEntry>, RegExp][] = [
    ["without scales", {k: int8([1, 1, 1, 2], [1, 2])}, /"k" holds whole numbers, and there is no "k\/scale"/],
    ["with a scale too few", {k: int8([1, 1, 1, 2], [1, 2]), "k/scale": float32([1])}, /"k" has the shape \[1, 1, 1, 2\] and 1 scales/],
    ["with scales of another axis", {k: int8([1, 1, 2, 4], [1, 2, 3, 4, 5, 6, 7, 8]), "k/scale": float32([1, 2])}, /and 2 scales/],
    ["with an infinite scale", {k: int8([1, 1, 1, 1], [1]), "k/scale": float32([Infinity])}, /"k" holds values that are not numbers/]
  ];
  test.each(damaged)("are refused with a sentence %s", (_, tensors, message) => {
    expect(() => storedWeights(tensors)).toThrow(message);
  });
});
