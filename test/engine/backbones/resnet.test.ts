import {describe, expect, it} from "vitest";
import {resNetV1, resNetV2, torchvisionResNet} from "../../../src/engine/backbones/resnet.js";
import type {ResNetDepth} from "../../../src/engine/backbones/resnet.js";
import type {Backbone, BottleneckUnit} from "../../../src/engine/network.js";
import {convolutionOf} from "../../../src/engine/steps/convolution.js";
import {stepNamed} from "../../../src/engine/plan.js";
import {planned} from "./planned.js";

const bottlenecks = ({units}: Backbone) => units.filter((unit): unit is BottleneckUnit => unit.kind === "bottleneck");
const striding = (backbone: Backbone) => bottlenecks(backbone).flatMap(({name, stride}) => (stride > 1 ? [name] : []));

describe("strides stand", () => {
  it("in the last unit of a block in the release, and the last block has none", () => {
    expect(striding(resNetV1())).toEqual(["block_1_unit_3", "block_2_unit_4", "block_3_unit_6"]);
    expect(striding(resNetV1({depth: 101}))).toEqual(["block_1_unit_3", "block_2_unit_4", "block_3_unit_23"]);
    expect(striding(resNetV2())).toEqual(striding(resNetV1()));
  });
  it("in the first unit of a block in torchvision, and the first block has none", () => {
    expect(striding(torchvisionResNet())).toEqual(["block_2_unit_1", "block_3_unit_1", "block_4_unit_1"]);
  });
  it("in the 3x3 convolution and in the skip of that unit", () => {
    for (const [backbone, name] of [
      [resNetV1({width: 1 / 16}), "block_1_unit_3"],
      [torchvisionResNet({width: 1 / 16}), "block_2_unit_1"]
    ] as const) {
      const plan = planned(backbone);
      const strides = plan.steps.filter((step) => step.name.startsWith(`backbone/${name}/`) && "stride" in step && step.stride === 2);
      expect(strides.map((step) => step.name.split("/").at(-1))).toEqual(["conv", "shortcut"]);
    }
  });
});

describe("rates at output stride 8", () => {
  const ratesOf = (backbone: Backbone) => {
    const units = planned(backbone, 8).units.filter(({name}) => name.startsWith("block_"));
    return [1, 2, 3, 4].map((block) => units.filter(({name}) => name.startsWith(`block_${block}`)).map(({rate}) => rate));
  };
  it("double after the last unit of a block in the release; the multi-grid multiplies them in the last", () => {
    expect(ratesOf(resNetV1({width: 1 / 16, multiGrid: [1, 2, 4]}))).toEqual([
      [1, 1, 1],
      [1, 1, 1, 1],
      [2, 2, 2, 2, 2, 2],
      [4, 8, 16]
    ]);
  });
  it("double after the first unit of a block in torchvision, as replace_stride_with_dilation does", () => {
    expect(ratesOf(torchvisionResNet({width: 1 / 16}))).toEqual([
      [1, 1, 1],
      [1, 1, 1, 1],
      [1, 2, 2, 2, 2, 2],
      [2, 4, 4]
    ]);
  });
});

describe("what decoders read at each stride", () => {
  it.each<[string, Backbone, string[]]>([
    ["the release's 50", resNetV1(), ["block_1_unit_2/restore", "block_2_unit_3/restore", "block_3_unit_5/restore"]],
    ["the release's 101", resNetV1({depth: 101}), ["block_1_unit_2/restore", "block_2_unit_3/restore", "block_3_unit_22/restore"]],
    ["torchvision's 50", torchvisionResNet(), ["block_1_unit_3", "block_2_unit_4", "block_3_unit_6"]]
  ])("in %s", (_, backbone, expected) => {
    expect(backbone.skips).toEqual({4: expected[0], 8: expected[1], 16: expected[2]});
    const plan = planned({...backbone, units: backbone.units}, 32);
    for (const [stride, name] of Object.entries(backbone.skips)) {
      expect(stepNamed(plan, `backbone/${name}`).height).toBe((65 - 1) / Number(stride) + 1);
    }
  });
});

it("the roots are one 7x7 on a photo less its mean, or three 3x3", () => {
  const kernels = (backbone: Backbone) =>
    planned(backbone)
      .steps.slice(0, 6)
      .flatMap((step) => convolutionOf(step) ?? [])
      .map(({name, kernel, stride, channels}) => `${name.slice("backbone/".length)} ${kernel[0]} ${stride} ${channels}`);
  expect(kernels(resNetV1({root: "7x7"}))[0]).toBe("root 7 2 64");
  expect(resNetV1({root: "7x7"}).units[0]).toMatchObject({kind: "affine", name: "normalise"});
  expect(kernels(resNetV1()).slice(0, 3)).toEqual(["root_1 3 2 64", "root_2 3 1 64", "root_3 3 1 128"]);
});

it("the pool is padded evenly in torchvision, and as TensorFlow does in the release", () => {
  const padding = (backbone: Backbone) => stepNamed(planned(backbone), "backbone/pool");
  expect(padding(torchvisionResNet({width: 1 / 16}))).toMatchObject({padding: "fixed", window: [3, 3]});
  expect(padding(resNetV1({width: 1 / 16}))).toMatchObject({padding: "same"});
});

it("v2 has batch norm and ReLU before its units and once more at the end, and none after its root", () => {
  const backbone = resNetV2({width: 1 / 16});
  const plan = planned(backbone);
  expect(stepNamed(plan, "backbone/root")).toMatchObject({activation: "linear"});
  expect(stepNamed(plan, "backbone/block_2_unit_2")).toMatchObject({op: "add", activation: "linear"});
  expect(stepNamed(plan, plan.features)).toMatchObject({op: "affine", activation: "relu", channels: 128});
});

it.each<[ResNetDepth, number]>([
  [50, 16],
  [101, 33]
])("%i layers are %i units of three convolutions, the root and the classifier that is not here", (depth, units) => {
  expect(bottlenecks(resNetV1({depth}))).toHaveLength(units);
  expect(units * 3 + 2).toBe(depth);
});

it("refuses a width that is none", () => {
  expect(() => torchvisionResNet({width: 0})).toThrow(/width multiplier must be a positive number/);
});
