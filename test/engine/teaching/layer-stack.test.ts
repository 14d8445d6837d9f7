import {describe, expect, it} from "vitest";
import {plan} from "../../../src/engine/plan.js";
import {receptiveField} from "../../../src/engine/receptive-field.js";
import {stackFields} from "../../../src/engine/teaching/layer-stack.js";
import type {StackLayer} from "../../../src/engine/teaching/layer-stack.js";
import {LIKE_BUNDLED} from "../../../src/pages/lessons/bundled-model.js";

/** A stack as tests write it: kernel, stride, rate. */
const stack = (...layers: readonly (readonly [number, number, number])[]): StackLayer[] =>
  layers.map(([kernel, stride, rate]) => ({kernel, stride, rate}));

/** Every pixel that a cell of the last layer reads, once for each way there: tap by tap from the last layer to the first. */
function pixelsRead(layers: readonly StackLayer[], cell: number, before: (layer: StackLayer) => number): number[] {
  const last = layers.at(-1);
  if (!last) return [cell];
  const taps = Array.from({length: last.kernel}, (_, tap) => cell * last.stride - before(last) + tap * last.rate);
  return taps.flatMap((tap) => pixelsRead(layers.slice(0, -1), tap, before));
}

/** Stacks of one to three layers with kernels of 1 to 4, strides to 3 and rates to 3, some of each. */
const STACKS = (() => {
  const layers = [1, 2, 3, 4].flatMap((kernel) => [1, 2, 3].flatMap((stride) => [1, 2, 3].map((rate) => ({kernel, stride, rate}))));
  const some = (step: number) => layers.filter((_, index) => index % step === 1);
  return [
    ...layers.map((layer) => [layer]),
    ...layers.flatMap((first) => some(2).map((second) => [first, second])),
    ...some(3).flatMap((first) => some(4).flatMap((second) => some(5).map((third) => [first, second, third])))
  ];
})();

describe("the fields of a stack are what walking back tap by tap finds", () => {
  it.each([
    ["fixed", ({kernel, rate}: StackLayer) => Math.floor(((kernel - 1) * rate) / 2)],
    ["valid", () => 0]
  ] as const)("with %s padding", (padding, before) => {
    expect(STACKS.length).toBeGreaterThan(1000);
    for (const layers of STACKS) {
      const fields = stackFields(layers, padding);
      layers.forEach((_, index) => {
        const below = layers.slice(0, index + 1);
        const [first, second] = [0, 1].map((cell) => pixelsRead(below, cell, before)) as [number[], number[]];
        const [start, end] = [Math.min(...first), Math.max(...first)];
        const ways = Array.from({length: end - start + 1}, (_, pixel) => first.filter((read) => read === start + pixel).length);
        expect(fields[index], JSON.stringify(below)).toEqual({
          extent: end - start + 1,
          jump: Math.min(...second) - start,
          start,
          paths: ways,
          holes: ways.filter((count) => count === 0).length
        });
      });
    }
  });
});

it("VGG-16 and MobileNet are as Araujo et al. (2019) list them: size, stride and padding of the last map", () => {
  const [conv, pool] = [[3, 1, 1] as const, [2, 2, 1] as const];
  const vgg16 = stack(...[2, 2, 3, 3, 3].flatMap((convolutions) => [...new Array<typeof conv>(convolutions).fill(conv), pool]));
  expect(stackFields(vgg16, "fixed").at(-1)).toMatchObject({extent: 212, jump: 32, start: -90, holes: 0});
  // The stem and thirteen depthwise layers. The padding is TensorFlow's there, which puts an odd zero behind.
  const mobileNet = stack(...[2, 1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1].map((stride) => [3, stride, 1] as const));
  expect(stackFields(mobileNet, "fixed").at(-1)).toMatchObject({extent: 315, jump: 32});
});

it("layer by layer what the plan of a whole network has", () => {
  const {steps, skips} = plan(LIKE_BUNDLED.network, {height: 513, width: 513, outputStride: 16});
  const {extent, jump} = receptiveField(steps, skips[0]!.from);
  expect(stackFields(stack([3, 2, 1], [3, 1, 1], [3, 2, 1], [3, 1, 1]), "fixed").at(-1)).toMatchObject({extent, jump});
});
