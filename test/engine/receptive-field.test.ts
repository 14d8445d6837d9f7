import {expect, it} from "vitest";
import {mobileNetV2} from "../../src/engine/backbones/mobilenetv2.js";
import {plan} from "../../src/engine/plan.js";
import {receptiveField} from "../../src/engine/receptive-field.js";
import {StepList} from "../../src/engine/step-list.js";
import {released} from "../../src/engine/released.js";
import {complete} from "./networks.js";

it("of stacked 3x3 layers grows by two cells a layer", () => {
  const steps = new StepList({height: 33, width: 33, channels: 1});
  const first = steps.conv("first", "input", {kernel: 3, channels: 1, activation: "linear"});
  const second = steps.conv("second", first, {kernel: 3, channels: 1, rate: 6, activation: "linear"});
  steps.conv("third", second, {kernel: 3, channels: 1, stride: 2, activation: "linear"});
  expect(receptiveField(steps.list, "first")).toEqual({extent: 3, jump: 1});
  expect(receptiveField(steps.list, "second")).toEqual({extent: 15, jump: 1});
  expect(receptiveField(steps.list, "third")).toEqual({extent: 17, jump: 2});
});

it("of MobileNetV2's output is the same at every output stride: a stride that became a rate steps over the same cells", () => {
  const network = {...released(1), backbone: mobileNetV2()};
  const at = (outputStride: number) =>
    receptiveField(plan(network, {height: 513, width: 513, outputStride}).steps, "backbone/block_16/project");
  // The stem and the seventeen depthwise 3x3, by their training strides.
  const strides = [2, 1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1];
  let extent = 1;
  let jump = 1;
  for (const stride of strides) {
    extent += 2 * jump;
    jump *= stride;
  }
  expect(at(32)).toEqual({extent, jump: 32});
  expect(at(16)).toEqual({extent, jump: 16});
  expect(at(8)).toEqual({extent, jump: 8});
});

it("behind a global mean is the whole photo", () => {
  const {steps} = plan(complete, {height: 65, width: 65});
  expect(receptiveField(steps, "aspp/image_pooling").extent).toBe(Infinity);
  expect(receptiveField(steps, "aspp/projection").extent).toBe(Infinity);
  expect(receptiveField(steps, "decoder/low_level").jump).toBe(4);
  expect(receptiveField(steps, "logits").jump).toBe(4);
});

it("does not know an end point that is not there", () => {
  expect(() => receptiveField(plan(complete, {height: 65, width: 65}).steps, "nowhere")).toThrow(/no layer "nowhere"/);
});
