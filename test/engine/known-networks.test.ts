import * as tf from "@tensorflow/tfjs-core";
import {describe, expect, it} from "vitest";
import {TORCHVISION, normalisingWeights} from "../../src/engine/backbones/normalise.js";
import {torchvisionMobileNetV3} from "../../src/engine/backbones/mobilenetv3.js";
import {torchvisionResNet} from "../../src/engine/backbones/resnet.js";
import {cost} from "../../src/engine/cost.js";
import {torchvisionHead, torchvisionReducedHead} from "../../src/engine/heads.js";
import {KNOWN_NETWORKS} from "../../src/engine/known-networks.js";
import type {Backbone, Network} from "../../src/engine/network.js";
import {OUTPUT_STRIDES, plan, smallestPlan, stepNamed} from "../../src/engine/plan.js";
import {multiplyAddsBy} from "../../src/engine/published.js";
import type {FurtherCount, KnownNetwork} from "../../src/engine/published.js";
import {run} from "../../src/engine/run.js";
import {seededValues} from "../../src/engine/seeded.js";
import {parseDescription, writeDescription} from "../../src/importers/network-description.js";
import {useBackend} from "../backend.js";
import {convolutions, fixture, torchShape, torchvisionShapes} from "./backbones/torchvision.js";

const named = (name: string): KnownNetwork => KNOWN_NETWORKS.find((known) => known.name === name)!;

function planned({build, size: [height, width]}: KnownNetwork, outputStride: number, scale = 1) {
  const scaled = (side: number) => (side - 1) * scale + 1;
  return plan(build(), {height: scaled(height), width: scaled(width), outputStride});
}

function parametersOf(known: KnownNetwork): number {
  const {steps, network} = planned(known, known.outputStride);
  // What prepares the photo is a unit here, and no parameters to its makers.
  const [first] = network.backbone.units;
  return cost({steps}).parameters - (first!.kind === "affine" ? 2 * 3 : 0);
}

/** Every count that is published, and what is counted here. */
const counts = KNOWN_NETWORKS.flatMap((known) => {
  const {maker, published, outputStride} = known;
  if (published?.multiplyAdds === undefined) return [];
  const own: FurtherCount = {outputStride, multiplyAdds: published.multiplyAdds};
  return [own, ...(published.further ?? [])].map(({outputStride, scales = [1], multiplyAdds, gap}) => ({
    name: known.name,
    outputStride,
    scales: scales.length,
    multiplyAdds,
    gap,
    counted: () =>
      scales.reduce(
        (sum, scale) => sum + multiplyAddsBy(maker, planned(known, outputStride, scale).steps) + (published.besides?.multiplyAdds ?? 0),
        0
      )
  }));
});

it.each(counts.filter(({gap}) => gap === undefined))(
  "$name at output stride $outputStride in $scales sizes multiplies and adds what is published, up to what is no convolution",
  ({multiplyAdds, counted}) => {
    const missing = multiplyAdds / counted() - 1;
    expect(missing).toBeGreaterThan(-1e-3);
    // Small networks have more of it, and are stated to fewer digits.
    expect(missing).toBeLessThan(multiplyAdds < 10e9 ? 0.015 : 0.004);
  }
);

it.each(counts.filter(({gap}) => gap !== undefined))("what is said of a gap of $name is so", ({multiplyAdds, counted, gap}) => {
  expect(gap).toContain(`${((counted() - multiplyAdds) / 1e9).toFixed(1)} G less`);
});

it.each(KNOWN_NETWORKS.filter(({published}) => published?.parameters !== undefined))(
  "$name has the published parameters, batch norm unfolded, to the last digit that is stated",
  (known) => {
    const {parameters, norms, besides} = known.published!;
    const unfolded = parametersOf(known) + norms!.channels * (norms!.parameters - 1) + (besides?.parameters ?? 0);
    const digit = parameters! % 10_000 === 0 ? 10_000 : 1;
    expect(Math.round(unfolded / digit) * digit).toBe(parameters);
  }
);

describe.each(KNOWN_NETWORKS)("$name", ({build}) => {
  it("is planned at every output stride, with a fitting number of feature cells", () => {
    const network = build();
    for (const outputStride of OUTPUT_STRIDES) {
      const {featureHeight, featureWidth} = plan(network, {height: 129, width: 65, outputStride});
      expect([featureHeight, featureWidth]).toEqual([128 / outputStride + 1, 64 / outputStride + 1]);
    }
  });
  it("survives its description", () => {
    const network = build();
    expect(parseDescription(writeDescription(network))).toEqual(network);
  });
});

describe.each(["deeplabv3_resnet50", "deeplabv3_resnet101", "deeplabv3_mobilenet_v3_large", "lraspp_mobilenet_v3_large"])(
  "%s has torchvision's",
  (name) => {
    const theirs = Object.entries(torchvisionShapes(name)).filter(([key]) => !key.startsWith("aux_classifier."));
    const {steps} = smallestPlan(named(name).build());
    it("kernels, in its order", () => {
      expect(convolutions(steps).map(torchShape)).toEqual(theirs.flatMap(([, shape]) => (shape.length === 4 ? [shape] : [])));
    });
    it("channels of batch norm, and all of its parameters", () => {
      const size = (shapes: readonly number[][]) => shapes.reduce((sum, shape) => sum + shape.reduce((a, b) => a * b), 0);
      const norms = theirs.flatMap(([key, shape]) => (key.endsWith(".weight") && shape.length === 1 ? [shape] : []));
      const {published} = named(name);
      expect(published!.norms).toEqual({channels: size(norms), parameters: 2});
      expect(published!.parameters).toBe(size(Object.values(torchvisionShapes(name))));
    });
  }
);

interface Reference {
  readonly shape: readonly [number, number, number];
  readonly logits: readonly number[];
  readonly enlarged: readonly number[];
}

describe("narrow networks give torchvision's own logits, on a photo of even sides", () => {
  const CLASSES = 3;
  const [height, width] = [64, 72];
  const of = (backbone: Backbone, head: Network["head"]): Network => ({
    backbone,
    head,
    classes: CLASSES,
    padding: "fixed",
    sampling: "half_pixel"
  });
  const mobile = torchvisionMobileNetV3({width: 0.25});
  it.each<[string, number, Network]>([
    ["deeplabv3_resnet50", 8, of(torchvisionResNet({width: 1 / 16}), torchvisionHead([6, 12, 18]))],
    ["deeplabv3_mobilenet_v3_large", 16, of(mobile, torchvisionHead([12, 24, 36]))],
    ["lraspp_mobilenet_v3_large", 16, of(mobile, torchvisionReducedHead(mobile, CLASSES))]
  ])("%s at output stride %i", async (name, outputStride, network) => {
    await useBackend("wasm");
    const planned = plan(network, {height, width, outputStride});
    const expected = fixture<Reference>("logits.json", name);
    // The same seeds as in fixtures.py.
    const tensors: Record<string, tf.Tensor> = {};
    convolutions(planned.steps).forEach((step, index) => {
      const {op, kernel, from, channels} = step;
      const inputs = op === "depthwise" ? 1 : from[0]!.channels;
      const shape = op === "depthwise" ? [...kernel, channels, 1] : [...kernel, inputs, channels];
      const reach = Math.sqrt(3 / (inputs * kernel[0] * kernel[1]));
      const values = seededValues(
        2 * index,
        shape.reduce((a, b) => a * b)
      ).map((value) => reach * value);
      tensors[`${step.name}/kernel`] = tf.tensor(values, shape);
      if (step.bias) tensors[`${step.name}/bias`] = tf.tensor1d(seededValues(2 * index + 1, channels).map((value) => 0.1 * value));
    });
    const {scale, shift} = normalisingWeights(TORCHVISION);
    tensors["backbone/normalise/scale"] = tf.tensor1d(scale.values);
    tensors["backbone/normalise/shift"] = tf.tensor1d(shift.values);
    const photo = tf.tensor4d(seededValues(12345, height * width * 3), [1, height, width, 3]);

    const {logits: enlarged, taps} = run(planned, {tensors}, photo, {taps: ["logits"]});
    expect(stepNamed(planned, "logits")).toMatchObject({height: expected.shape[0], width: expected.shape[1], channels: CLASSES});
    const given = await taps["logits"]!.data();
    expected.logits.forEach((value, index) => expect(given[index]).toBeCloseTo(value, 4));
    const sampled = await tf.stridedSlice(enlarged, [0, 0, 0, 0], enlarged.shape, [1, 8, 8, 1]).data();
    expected.enlarged.forEach((value, index) => expect(sampled[index]).toBeCloseTo(value, 4));
    expect(Math.max(...expected.logits) - Math.min(...expected.logits)).toBeGreaterThan(0.1);
    tf.dispose([enlarged, taps, photo, tensors]);
  });
});
