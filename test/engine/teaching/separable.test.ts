import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {
  builtKernel,
  depthwiseConvolution,
  pointwiseConvolution,
  separableCost,
  standardConvolution
} from "../../../src/engine/teaching/separable.js";
import {xception} from "../../../src/engine/backbones/xception.js";
import {v3PlusHead} from "../../../src/engine/heads.js";
import {smallestPlan} from "../../../src/engine/plan.js";
import {released} from "../../../src/engine/released.js";
import {useBackend} from "../../backend.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";

describe("the cost", () => {
  it("is that of the worked example: 12 x 12 x 3, 5 x 5, no padding, 256 outputs", () => {
    expect(separableCost({size: 12, channels: 3, kernelSize: 5, outputs: 256, rate: 1, padding: "valid"})).toEqual({
      outputSize: 8,
      standard: {multiplyAdds: 1_228_800, parameters: 19_200},
      depthwise: {multiplyAdds: 4_800, parameters: 75},
      pointwise: {multiplyAdds: 49_152, parameters: 768},
      separable: {multiplyAdds: 53_952, parameters: 843}
    });
  });

  it("of the 3x3 of v3+ is more than a ninth of an ordinary layer's, and less than an eighth where 128 channels come out", () => {
    const backbone = xception();
    const {steps} = smallestPlan({...released(1), backbone, head: v3PlusHead(backbone)});
    const shares = steps.flatMap((step) => {
      const depthwise = steps.find(({name}) => name === step.inputs[0]);
      if (step.op !== "conv" || depthwise?.op !== "depthwise") return [];
      return [{outputs: step.channels, share: (step.multiplyAdds + depthwise.multiplyAdds) / (9 * step.multiplyAdds)}];
    });
    expect(shares.length).toBeGreaterThan(60);
    for (const {outputs, share} of shares) {
      expect(outputs).toBeGreaterThanOrEqual(128);
      expect(share).toBeGreaterThan(1 / 9);
      expect(share).toBeLessThan(1 / 8);
    }
  });

  it("with padding keeps the size, whatever the rate", () => {
    const cost = separableCost({size: 33, channels: 256, kernelSize: 3, outputs: 256, rate: 6, padding: "same"});
    expect(cost.outputSize).toBe(33);
    expect(cost.standard.multiplyAdds).toBe(33 * 33 * 9 * 256 * 256);
  });

  it("is nothing but weights where the kernel does not fit", () => {
    const cost = separableCost({size: 12, channels: 3, kernelSize: 5, outputs: 2, rate: 3, padding: "valid"});
    expect(cost.outputSize).toBe(0);
    expect(cost.standard).toEqual({multiplyAdds: 0, parameters: 150});
  });

  it.each([
    [1, 1],
    [3, 7],
    [5, 256],
    [7, 512]
  ])("has the ratio 1/C_out + 1/k^2 (k = %i, %i outputs)", (kernelSize, outputs) => {
    const {standard, separable} = separableCost({size: 40, channels: 5, kernelSize, outputs, rate: 2, padding: "valid"});
    expect(separable.multiplyAdds / standard.multiplyAdds).toBeCloseTo(1 / outputs + 1 / kernelSize ** 2, 12);
  });
});

describe.each(["wasm", "cpu"] as const)("the convolutions on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("are what one computes by hand", () => {
    const [depthwise, output] = tf.tidy(() => {
      // Two channels of 2 x 2 cells: 1 2 / 3 4 and 5 6 / 7 8; kernels 1 0 / 0 1 and 0 1 / 1 0.
      const x = tf.tensor4d([1, 5, 2, 6, 3, 7, 4, 8], [1, 2, 2, 2]);
      const kernels = tf.tensor4d([1, 0, 0, 1, 0, 1, 1, 0], [2, 2, 2, 1]);
      // Output 1: the sum; output 2: the first less twice the second.
      const weights = tf.tensor4d([1, 1, 1, -2], [1, 1, 2, 2]);
      const between = depthwiseConvolution(x, kernels, {rate: 1, padding: "valid"});
      return [between.dataSync(), pointwiseConvolution(between, weights).dataSync()];
    });
    expect(Array.from(depthwise!)).toEqual([1 + 4, 6 + 7]);
    expect(Array.from(output!)).toEqual([5 + 13, 5 - 26]);
  });

  it.each([
    [1, 3, 1],
    [3, 1, 4],
    [3, 2, 3],
    [5, 1, 3],
    [5, 3, 2],
    [7, 2, 1]
  ])("equal the definition, in two steps and as one (k = %i, rate %i, %i channels)", (k, rate, channels) => {
    const size = 15;
    const outputs = 6;
    const random = pseudoRandom(k * 100 + rate * 10 + channels);
    const list = (length: number) => Array.from({length}, () => random() * 2 - 1);
    const [input, d, p] = [list(size * size * channels), list(k * k * channels), list(channels * outputs)];
    const found = tf.tidy(() => {
      const x = tf.tensor4d(input, [1, size, size, channels]);
      const kernels = tf.tensor4d(d, [k, k, channels, 1]);
      const weights = tf.tensor4d(p, [1, 1, channels, outputs]);
      const options = {rate, padding: "valid"} as const;
      const between = depthwiseConvolution(x, kernels, options);
      const kernel = builtKernel(kernels, weights);
      expect(kernel.shape).toEqual([k, k, channels, outputs]);
      const results = [between, pointwiseConvolution(between, weights), standardConvolution(x, kernel, options)];
      return results.map((tensor) => tensor.dataSync());
    });

    // The definition, in loops.
    const side = size - (k - 1) * rate;
    const between = new Float64Array(side * side * channels);
    const expected = new Float64Array(side * side * outputs);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let i = 0; i < k; i++)
            for (let j = 0; j < k; j++)
              sum += input[((y + i * rate) * size + x + j * rate) * channels + c]! * d[(i * k + j) * channels + c]!;
          between[(y * side + x) * channels + c] = sum;
          for (let o = 0; o < outputs; o++) expected[(y * side + x) * outputs + o]! += sum * p[c * outputs + o]!;
        }
      }
    }
    expect(apart(found[0]!, between)).toBeLessThan(1e-5);
    expect(apart(found[1]!, expected)).toBeLessThan(1e-5);
    expect(apart(found[2]!, expected)).toBeLessThan(1e-5);
  });
});

function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
