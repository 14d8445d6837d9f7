import * as tf from "@tensorflow/tfjs-core";
import {describe, expect, it} from "vitest";
import {mobileNetV2} from "../../../src/engine/backbones/mobilenetv2.js";
import {resNetV1, resNetV2, torchvisionResNet} from "../../../src/engine/backbones/resnet.js";
import {xception} from "../../../src/engine/backbones/xception.js";
import {execute} from "../../../src/engine/execute.js";
import type {Backbone} from "../../../src/engine/network.js";
import {seededValues} from "../../../src/engine/seeded.js";
import {useBackend} from "../../backend.js";
import {randomWeights} from "../networks.js";
import {planned} from "./planned.js";

/** Features of a photo of 65 x 65. */
async function features(backbone: Backbone, outputStride: number) {
  const plan = planned(backbone, outputStride);
  const weights = randomWeights(plan.network);
  return tf.tidy(() => {
    const tensors = Object.fromEntries(Object.entries(weights).map(([name, {shape, values}]) => [name, tf.tensor(values, [...shape])]));
    const photo = tf.tensor4d(seededValues(1, 65 * 65 * 3), [1, 65, 65, 3]);
    return execute(plan.steps, {tensors}, photo, [plan.features])[plan.features]!;
  });
}

describe("denser features hold the coarser ones: a rate reads what the stride that it stands for read (DeepLab v3, section 3.1)", () => {
  it.each<[string, Backbone]>([
    ["MobileNetV2", mobileNetV2({width: 1 / 8})],
    ["ResNet-v1, beta", resNetV1({width: 1 / 16, multiGrid: [1, 2, 4]})],
    ["ResNet-v1, plain", resNetV1({width: 1 / 16, root: "7x7"})],
    ["ResNet-v2", resNetV2({width: 1 / 16})],
    ["torchvision's ResNet", torchvisionResNet({width: 1 / 16})],
    ["Xception-41", xception({depth: 41, width: 1 / 16, multiGrid: [1, 2, 4]})]
  ])("%s at output stride 8, 16 and 32", async (_, backbone) => {
    await useBackend("wasm");
    const dense = await features(backbone, 8);
    for (const outputStride of [16, 32]) {
      const coarse = await features(backbone, outputStride);
      const step = outputStride / 8;
      const [sampled, expected] = [tf.stridedSlice(dense, [0, 0, 0, 0], dense.shape, [1, step, step, 1]), coarse];
      expect(sampled.shape).toEqual(expected.shape);
      const largest = tf.tidy(() => tf.max(tf.abs(expected)).dataSync()[0]!);
      const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(sampled, expected))).dataSync()[0]!);
      expect(largest).toBeGreaterThan(0);
      expect(difference / largest).toBeLessThan(1e-5);
      tf.dispose([sampled, coarse]);
    }
    dense.dispose();
  });
});
