import {expect, it} from "vitest";
import {xception} from "../../../src/engine/backbones/xception.js";
import type {XceptionDepth} from "../../../src/engine/backbones/xception.js";
import {stepNamed} from "../../../src/engine/plan.js";
import {convolutionOf} from "../../../src/engine/steps/convolution.js";
import {planned} from "./planned.js";

it.each<[XceptionDepth, number, Record<number, string>]>([
  [41, 8, {4: "entry_2", 8: "entry_3", 16: "exit_1"}],
  [65, 16, {4: "entry_2", 8: "entry_3", 16: "exit_1"}],
  [71, 16, {4: "entry_3", 8: "entry_5", 16: "exit_1"}]
])("%i layers, with %i units in the middle flow, are read before each stride", (depth, middle, skips) => {
  const backbone = xception({depth});
  expect(backbone.units.filter(({name}) => name.startsWith("middle_"))).toHaveLength(middle);
  expect(backbone.skips).toEqual(
    Object.fromEntries(Object.entries(skips).map(([stride, unit]) => [stride, `${unit}/separable_2/pointwise`]))
  );
  const plan = planned(backbone, 32);
  for (const [stride, name] of Object.entries(backbone.skips)) {
    expect(stepNamed(plan, `backbone/${name}`).height).toBe((65 - 1) / Number(stride) + 1);
  }
  // Two convolutions of the root and three separable ones a unit.
  expect(2 + 3 * backbone.units.filter(({kind}) => kind === "separable").length).toBe(depth);
});

it("ReLU stands before the separable convolutions, and inside them only in the last unit, which has no skip", () => {
  const {steps} = planned(xception({width: 1 / 16}));
  const of = (unit: string) => steps.filter(({name}) => name.startsWith(`backbone/${unit}/`) || name === `backbone/${unit}`);
  expect(of("middle_01").map(({op, activation}) => `${op} ${activation}`)).toEqual([
    ...["affine relu", "depthwise linear", "conv linear"],
    ...["affine relu", "depthwise linear", "conv linear"],
    ...["affine relu", "depthwise linear", "conv linear"],
    "add linear"
  ]);
  expect(of("exit_2").map(({op, activation}) => `${op} ${activation}`)).toEqual([
    ...["depthwise relu", "conv relu"],
    ...["depthwise relu", "conv relu"],
    ...["depthwise relu", "conv relu"]
  ]);
});

it("the multi-grid multiplies the rates of the last unit's three convolutions", () => {
  const plan = planned(xception({width: 1 / 16, multiGrid: [1, 2, 4]}), 8);
  const rates = plan.steps
    .flatMap((step) => convolutionOf(step) ?? [])
    .filter(({op, name}) => op === "depthwise" && name.includes("/exit_"));
  expect(rates.map(({rate}) => rate)).toEqual([2, 2, 2, 4, 8, 16]);
  expect(plan.units.at(-1)).toMatchObject({name: "exit_2", rate: 16});
});
