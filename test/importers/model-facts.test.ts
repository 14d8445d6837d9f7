import {expect, it} from "vitest";
import {labelsFor} from "../../data/labels/index.js";
import {VOC_CLASSES} from "../../data/labels/voc.js";
import {released} from "../../src/engine/released.js";
import {lacks, modelFacts} from "../../src/importers/model-facts.js";
import {complete} from "../engine/networks.js";

it("says what a network has not of a DeepLab v3+", () => {
  expect(lacks(released(1), VOC_CLASSES)).toBe("This model has no atrous ASPP branches and no decoder.");
  expect(lacks(complete, VOC_CLASSES)).toBe("");
  expect(lacks({...released(1), classes: 2}, ["background", "person"])).toBe(
    "This model has no atrous ASPP branches and no decoder. It knows one class, person: all else is background to it."
  );
});

const factsOf = (network: typeof complete) =>
  modelFacts({network, weights: {}, card: {name: "x", ...labelsFor(network.classes), license: "", source: "", measured: ""}}, 7);

it("names backbone and head in words", () => {
  expect(factsOf(released(0.5))).toMatchObject({
    bytes: 7,
    backbone: "MobileNetV2, width 0.5",
    head: "ASPP of a 1×1 convolution and image pooling; no decoder",
    hasDecoder: false
  });
  expect(factsOf(complete).head).toMatch(
    /^ASPP of a 1×1 convolution, \d atrous (separable )?convolutions \(rates [\d, ]+\) and image pooling; a decoder whose skip has \d+ channels, then \d convolutions$/
  );
});

it("counts the multiply-adds that the release states for MobileNetV2 at output stride 16, and its parameters", () => {
  // model_zoo.md: 2.75 B multiply-adds and 2.11 M parameters, which are those of the classifier's backbone with the head.
  const {multiplyAdds, parameters} = factsOf(released(1));
  expect(multiplyAdds / 1e9).toBeCloseTo(2.75, 1);
  expect(parameters / 1e6).toBeCloseTo(2.11, 1);
});
