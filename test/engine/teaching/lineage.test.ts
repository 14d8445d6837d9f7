import {describe, expect, it} from "vitest";
import {VERSIONS, lineage} from "../../../src/engine/teaching/lineage.js";
import {mobileNetV2} from "../../../src/engine/backbones/mobilenetv2.js";
import {OUTPUT_STRIDES, plan, stepNamed} from "../../../src/engine/plan.js";
import {convolutionOf} from "../../../src/engine/steps/convolution.js";
import {released} from "../../../src/engine/released.js";

const at = (version: (typeof VERSIONS)[number], outputStride: number) =>
  plan(lineage(version, released(1)), {height: 513, width: 513, outputStride});
const ratesOf = (version: (typeof VERSIONS)[number], outputStride: number) =>
  at(version, outputStride)
    .steps.map(convolutionOf)
    .filter((step) => step?.name.startsWith("aspp/") && step.kernel[0] === 3)
    .map((step) => step!.rate);

describe("rates", () => {
  it("of v1 and v2 are the papers' at output stride 8", () => {
    expect(ratesOf("v1", 8)).toEqual([12]);
    expect(ratesOf("v2", 8)).toEqual([6, 12, 18, 24]);
  });
  it.each(["v3", "v3+"] as const)("of %s are the paper's at output stride 16 and doubled at 8", (version) => {
    expect(ratesOf(version, 16)).toEqual([6, 12, 18]);
    expect(ratesOf(version, 8)).toEqual([12, 24, 36]);
  });
});

it.each([
  ["v1", 1, false],
  ["v2", 4, false],
  ["v3", 5, false],
  ["v3+", 5, true]
] as const)("%s has %i branches; decoder: %s", (version, branches, decoder) => {
  const network = lineage(version, released(1));
  expect(network.head.aspp.branches).toHaveLength(branches);
  expect(network.head.decoder.length > 0).toBe(decoder);
});

it.each(VERSIONS)("%s can be planned at every output stride and keeps the model's classes", (version) => {
  for (const outputStride of OUTPUT_STRIDES) {
    const {channels, height} = stepNamed(at(version, outputStride), "logits");
    expect(channels).toBe(21);
    expect(height).toBe(version === "v3+" ? 129 : {8: 65, 16: 33, 32: 17}[outputStride]);
  }
});

describe("parameters, by hand, on 320 channels", () => {
  const parameters = (version: (typeof VERSIONS)[number], name: string) => stepNamed(at(version, 16), name).parameters;
  it("of v1", () => {
    expect(parameters("v1", "aspp/atrous_0")).toBe(3 * 3 * 320 * 1024 + 1024);
    expect(parameters("v1", "aspp/projection")).toBe(1024 * 1024 + 1024);
  });
  it("of v2's projection: the weights of four 1x1 convolutions", () => {
    expect(parameters("v2", "aspp/projection") - 1024).toBe(4 * 1024 * 1024);
  });
  it("of a v3 branch and projection", () => {
    expect(parameters("v3", "aspp/atrous_0")).toBe(3 * 3 * 320 * 256 + 256);
    expect(parameters("v3", "aspp/projection")).toBe(5 * 256 * 256 + 256);
  });
  it("of a v3+ branch and decoder", () => {
    expect(parameters("v3+", "aspp/atrous_0/depthwise") + parameters("v3+", "aspp/atrous_0/pointwise")).toBe(
      3 * 3 * 320 + 320 + 320 * 256 + 256
    );
    expect(parameters("v3+", "decoder/low_level")).toBe(144 * 48 + 48);
    expect(parameters("v3+", "decoder/conv_0/pointwise")).toBe((256 + 48) * 256 + 256);
  });
});

it("takes the skip from the last block at stride 4", () => {
  expect(lineage("v3+", released(0.5)).head.decoder[0]!.lowLevelEndPoint).toBe("block_02/depthwise");
  const coarse = {...mobileNetV2(), skips: {8: "block_05/depthwise"}};
  expect(() => lineage("v3+", {...released(1), backbone: coarse})).toThrow("stride 4");
});
