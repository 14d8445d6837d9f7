import {describe, expect, test} from "vitest";
import {foldLayers} from "../../src/importers/fold.js";
import {findNetwork} from "../../src/importers/find-network.js";
import type {Operation} from "../../src/importers/operations.js";
import {released} from "../../src/engine/released.js";
import {complete, randomWeights} from "../engine/networks.js";
import {operationsOf} from "./operations-of.js";
import type {GraphOptions} from "./operations-of.js";

const weights = randomWeights(complete);

describe("a v3+ with every kind of branch gets its canonical names, weights and rates", () => {
  const cases: [string, GraphOptions][] = [
    ["exported at output stride 16", {}],
    ["exported at output stride 8", {outputStride: 8}],
    ["exported at output stride 32", {outputStride: 32}],
    ["with its branches joined in another order", {branchOrder: [2, 1, 3, 0]}],
    ["with the decoder's skip first", {lowLevelFirst: true}]
  ];
  test.each(cases)("%s", (_, options) => {
    const found = findNetwork(foldLayers(operationsOf(complete, weights, options)));
    expect(found.weights).toEqual(weights);
    expect(found.network).toEqual(complete);
  });
});

test("operations may come in any order", () => {
  const reversed = new Map([...operationsOf(complete, weights)].toReversed());
  expect(findNetwork(foldLayers(reversed)).weights).toEqual(weights);
});

describe("what is not DeepLab is refused with what was found", () => {
  const network = released(0.5);
  const whole = [...operationsOf(network, randomWeights(network))];
  const refusal = (operations: readonly (readonly [string, Operation])[]) => () => findNetwork(foldLayers(new Map(operations)));
  const isConvolution = (operation: Operation) => operation.op === "conv" || operation.op === "depthwise";
  /** The operations before the n-th convolution. */
  const upTo = (convolutions: number) => {
    const ends = whole.flatMap(([, operation], index) => (isConvolution(operation) ? [index] : []));
    return whole.slice(0, ends[convolutions]);
  };

  test("a MobileNetV2 without head, as in a classifier", () => {
    expect(refusal(upTo(51))).toThrow(/network of 51 convolutions: a MobileNetV2, but no ASPP projection or logits layer/);
  });
  test("a network that breaks off after a few units", () => {
    expect(refusal(upTo(10))).toThrow(/not MobileNetV2: only 3 of 17 inverted residual units/);
  });
  test("a DeepLab without logits", () => {
    expect(refusal(upTo(54))).toThrow(/without a logits layer/);
  });
  test("a graph without convolutions", () => {
    expect(refusal([["a", {op: "other", inputs: []}]])).toThrow(/graph of 1 operations without a convolution/);
  });
  test("a network whose activations are mixed", () => {
    const changed = whole.map(([name, operation], index): [string, Operation] =>
      operation.op === "activation" && index < 10 ? [name, {...operation, activation: "relu"}] : [name, operation]
    );
    expect(refusal(changed)).toThrow(/backbone of this network mixes activations/);
  });
});
