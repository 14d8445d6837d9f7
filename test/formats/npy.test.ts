import {parse} from "npyjs";
import {describe, expect, it} from "vitest";
import {npyFile} from "../../src/formats/npy.js";

const VALUES = Float32Array.of(0, -1.5, 3.25, 1e-30, 7, 8, 9, 10, 11, 12, 13, 14);

describe("npyFile", () => {
  it("is read by another reader as the same float32 numbers in the same shape", () => {
    const {data, shape, dtype, fortranOrder} = parse(npyFile(VALUES, [1, 2, 3, 2]).buffer as ArrayBuffer);
    expect([shape, dtype, fortranOrder]).toEqual([[1, 2, 3, 2], "f4", false]);
    expect(data).toEqual(VALUES);
  });
  it("keeps the numbers aligned, as the format asks", () => {
    for (const shape of [[1], [1, 2, 3], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]]) {
      const size = shape.reduce((a, b) => a * b, 1);
      expect((npyFile(new Float32Array(size), shape).length - 4 * size) % 64).toBe(0);
    }
  });
  it("needs as many numbers as the shape holds", () => {
    expect(() => npyFile(VALUES, [3, 3])).toThrow(RangeError);
  });
});
