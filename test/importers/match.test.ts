import {describe, expect, test} from "vitest";
import {plan} from "../../src/engine/plan.js";
import type {Step} from "../../src/engine/plan.js";
import {foldLayers} from "../../src/importers/fold.js";
import {FoldedGraph} from "../../src/importers/folded-graph.js";
import {match} from "../../src/importers/match.js";
import type {Operation} from "../../src/importers/operations.js";
import {complete, quantisable, randomWeights} from "../engine/networks.js";
import {operationsOfSteps} from "./operations-of-steps.js";
import {unlike} from "./unlike.js";

const SIZE = {height: 257, width: 257};
const graphOf = (operations: ReadonlyMap<string, Operation>) => new FoldedGraph(foldLayers(operations));

describe.each([
  ["every kind of unit, squeeze, gate and sum", unlike],
  ["every kind of branch and a decoder", complete],
  ["nothing after its depthwise convolutions", quantisable]
])("a plan with %s", (_, network) => {
  const weights = randomWeights(network);
  test.each([8, 16, 32])("is found in its own graph at output stride %d, with its weights", (outputStride) => {
    const {steps} = plan(network, {...SIZE, outputStride});
    const found = match(steps, graphOf(operationsOfSteps(steps, weights)));
    expect(found.matched && found.weights).toEqual(weights);
  });

  test("is not found in that of another output stride", () => {
    const {steps} = plan(network, {...SIZE, outputStride: 16});
    const other = plan(network, {...SIZE, outputStride: 8}).steps;
    expect(match(other, graphOf(operationsOfSteps(steps, weights))).matched).toBe(false);
  });
});

describe("where one number of one step is another, a match ends at that step", () => {
  const {steps} = plan(unlike, SIZE);
  const weights = randomWeights(unlike);
  const cases: [string, string, (step: Step) => object][] = [
    ["the activation of a sum", "backbone/b", () => ({activation: "linear"})],
    ["the window of a pool", "backbone/pool", () => ({window: [2, 2]})],
    ["the kind of a pool", "backbone/pool", () => ({pool: "mean"})],
    ["the padding of a pool", "backbone/pool", () => ({padding: "valid"})],
    ["the padding of a strided convolution", "backbone/root", () => ({padding: "same"})],
    ["the rate", "backbone/b/conv_1", () => ({rate: 4})],
    ["the stride of a gate's windows", "aspp/gate/mean", () => ({stride: 1})],
    ["the mode of an enlargement", "decoder/upsampled", () => ({sampling: "half_pixel"})],
    ["a scale", "backbone/a/norm_1", () => ({scale: false})],
    ["a sum for a product", "aspp/gated", () => ({op: "add"})]
  ];
  test.each(cases)("%s", (_, name, change) => {
    const changed = steps.map((step) => (step.name === name ? ({...step, ...change(step)} as Step) : step));
    const found = match(changed, graphOf(operationsOfSteps(steps, weights)));
    expect(found).toMatchObject({matched: false, step: {name}});
    expect(match(changed, graphOf(operationsOfSteps(changed, weights))).matched).toBe(true);
  });
});
