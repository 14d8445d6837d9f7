import {describe, expect, it} from "vitest";
import {comparisons} from "../../scripts/bench/comparisons.js";
import {benchOptions} from "../../scripts/bench/options.js";
import {rowsOf, table} from "../../scripts/bench/report.js";

describe("benchOptions", () => {
  it("leaves backends, runs and the GPU to the machine", () => {
    expect(benchOptions([])).toEqual({backends: undefined, peers: ["graph-model", "litert"], runs: undefined, gpu: undefined, json: false});
  });

  it("reads lists", () => {
    expect(benchOptions(["--backends", "wasm, webgl", "--peers", "litert", "--runs", "1", "--gpu", "software", "--json"])).toEqual({
      backends: ["wasm", "webgl"],
      peers: ["litert"],
      runs: 1,
      gpu: "software",
      json: true
    });
  });

  it.each([
    [["--backends", "cuda"], '--backends takes webgpu, webgl, wasm, cpu; not "cuda".'],
    [["--peers", "wasm"], '--peers takes graph-model, litert; not "wasm".'],
    [["--runs", "0"], '--runs is a whole number from 1 up, not "0".']
  ])("says so on %j", (args, message) => {
    expect(() => benchOptions(args)).toThrow(message);
  });
});

describe("comparisons", () => {
  it("compares LiteRT.js only on backends that it has", () => {
    const found = comparisons(["graph-model", "litert"], ["wasm", "webgl"]);
    expect(found.map(({peer, backend, inputSize}) => [peer, backend, inputSize])).toEqual([
      ["graph-model", "wasm", 513],
      ["graph-model", "webgl", 513],
      ["litert", "wasm", 257]
    ]);
  });
});

describe("rowsOf", () => {
  const [comparison] = comparisons(["litert"], ["wasm"]);
  const rows = rowsOf(comparison!, {
    peerMs: [30, 10, 20, 1000],
    ours: [
      {outputStride: 8, ms: [5, 100, 10], agreement: 1},
      {outputStride: 16, ms: [5], agreement: 0.5}
    ]
  });

  it("gives medians and how many times faster ours is", () => {
    expect(rows).toEqual([
      {peer: "litert", backend: "wasm", inputSize: 257, outputStride: 8, oursMs: 10, peerMs: 25, ratio: 2.5, agreement: 1},
      {peer: "litert", backend: "wasm", inputSize: 257, outputStride: 16, oursMs: 5, peerMs: 25, ratio: 5, agreement: 0.5}
    ]);
  });

  it("prints a line each under a heading", () => {
    const lines = table(rows).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^litert +wasm +257 +8 +10\.0 +25\.0 +2\.50 +100\.000$/);
  });
});
