import {describe, expect, test} from "vitest";
import {pythonCode} from "../../src/formats/python-code.js";
import lambdas from "../fixtures/keras/lambdas.json" with {type: "json"};

const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, "base64"));

test("a function's code says its names and constants", () => {
  expect(pythonCode(bytesOf(lambdas["resize by a factor"]))).toEqual({
    names: ["tf", "compat", "v1", "image", "resize", "constant"],
    constants: [null, 1, 3, 4, "bilinear", true, ["method", "align_corners"]]
  });
  expect(pythonCode(bytesOf(lambdas.expand))).toEqual({names: ["K", "expand_dims"], constants: [null, 1]});
});

test("Python 3.8 to 3.10 write one count more before the code", () => {
  const [type, ...rest] = bytesOf(lambdas.resize);
  expect(pythonCode(Uint8Array.from([type!, 0, 0, 0, 0, ...rest]))).toEqual(pythonCode(bytesOf(lambdas.resize)));
});

describe("what is no code, or cut off, says nothing", () => {
  const code = bytesOf(lambdas.expand);
  test.each([0, 1, 20, 30, 80, 100])("cut off after %i bytes", (length) => {
    expect(pythonCode(code.subarray(0, length))).toBeNull();
  });
  test("other bytes", () => {
    expect(pythonCode(new Uint8Array(200).fill(0x28))).toBeNull();
    expect(pythonCode(new TextEncoder().encode("def f(x): return x".repeat(4)))).toBeNull();
  });
});
