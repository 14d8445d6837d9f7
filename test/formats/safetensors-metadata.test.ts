import {expect, it} from "vitest";
import {withMetadata} from "../../src/formats/safetensors-metadata.js";
import {readSafetensors, safetensorsValues, writeSafetensors} from "../../src/formats/safetensors.js";

const tensors = {"a/kernel": {shape: [3], values: Float32Array.of(1, -2, 3.5)}, b: {shape: [], values: Float32Array.of(7)}};
const file = writeSafetensors({type: "F32", tensors, metadata: {name: "x", license: "MIT"}});

it("changes texts of the header and leaves the rest as it is", () => {
  const read = readSafetensors(withMetadata(file, {name: "a longer name — ü", classes: "[]"}));
  expect(read.metadata).toEqual({name: "a longer name — ü", license: "MIT", classes: "[]"});
  expect(Array.from(safetensorsValues(read.tensors["a/kernel"]!))).toEqual([1, -2, 3.5]);
  expect(read.tensors["b"]!.shape).toEqual([]);
});

it("gives the very file back where it says all that already", () => {
  expect(withMetadata(file, {license: "MIT"})).toBe(file);
});

it("writes metadata where there were none, and refuses what has no header", () => {
  expect(readSafetensors(withMetadata(writeSafetensors({type: "F32", tensors}), {name: "y"})).metadata).toEqual({name: "y"});
  expect(() => withMetadata(new Uint8Array(20).fill(9), {name: "y"})).toThrow("The safetensors file has no header.");
});
