import {describe, expect, it} from "vitest";
import {mobileNetV3, torchvisionMobileNetV3} from "../../../src/engine/backbones/mobilenetv3.js";
import type {Backbone, InvertedUnit} from "../../../src/engine/network.js";
import {stepNamed} from "../../../src/engine/plan.js";
import {planned} from "./planned.js";

const inverted = ({units}: Backbone) => units.filter((unit): unit is InvertedUnit => unit.kind === "inverted");

describe("as the release changed it for segmentation", () => {
  it("the outputs of the last units are halved, and their expansions restated", () => {
    const tail = (backbone: Backbone) =>
      inverted(backbone)
        .slice(-3)
        .map(({expandedChannels, channels}) => [expandedChannels, channels]);
    expect(tail(mobileNetV3())).toEqual([
      [336, 80],
      [480, 80],
      [480, 80]
    ]);
    expect(tail(mobileNetV3({size: "small"}))).toEqual([
      [144, 48],
      [288, 48],
      [288, 48]
    ]);
    expect([mobileNetV3(), mobileNetV3({size: "small"})].map(({units}) => units.at(-1))).toMatchObject([
      {kernel: 1, channels: 480, activation: "hard_swish"},
      {kernel: 1, channels: 288}
    ]);
  });
  it("decoders read the depthwise convolution of the last unit before each stride, before it is squeezed", () => {
    // layer_4, 7 and 13 of the release, and layer_2, 4 and 9, which count from 1 and the stem in.
    expect(mobileNetV3().skips).toMatchObject({4: "block_02/depthwise", 8: "block_05/depthwise", 16: "block_11/depthwise"});
    expect(mobileNetV3({size: "small"}).skips).toMatchObject({4: "block_00/depthwise", 8: "block_02/depthwise", 16: "block_07/depthwise"});
  });
  it("squeezes to a quarter in eights", () => {
    expect(inverted(mobileNetV3()).map(({squeeze}) => squeeze?.channels ?? 0)).toEqual([
      ...[0, 0, 0, 24, 32, 32],
      ...[0, 0, 0, 0, 120, 168, 88, 120, 120]
    ]);
  });
});

describe("as torchvision has it", () => {
  it("the unit that lost its stride takes the rate, too; in the release the next one begins with it", () => {
    const rates = (backbone: Backbone) =>
      planned(backbone)
        .units.slice(-4)
        .map(({stride, rate}) => `${stride}/${rate}`);
    expect(rates(torchvisionMobileNetV3({width: 0.25}))).toEqual(["1/2", "1/2", "1/2", "1/2"]);
    expect(rates(mobileNetV3())).toEqual(["1/1", "1/2", "1/2", "1/2"]);
  });
  it("LR-ASPP reads what the first unit at a stride gives, and the tail is whole", () => {
    const backbone = torchvisionMobileNetV3();
    expect(backbone.skips).toMatchObject({4: "block_01/project", 8: "block_03/project"});
    expect(stepNamed(planned(backbone), "backbone/block_03/project")).toMatchObject({height: 9, channels: 40});
    expect(backbone.units.at(-1)).toMatchObject({channels: 960});
    expect(torchvisionMobileNetV3({size: "small"}).units.at(-1)).toMatchObject({channels: 576});
  });
  it.each([0, -1, NaN])("refuses a width of %s", (width) => {
    expect(() => torchvisionMobileNetV3({width})).toThrow(/width multiplier must be a positive number/);
  });
});
