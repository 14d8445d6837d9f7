import {expect, it} from "vitest";
import {coarser, softmaxTerms} from "../../../src/engine/labels/pixel.js";

const logits = {height: 5, width: 9, classes: 2, values: Float32Array.from({length: 90}, (_, i) => i)};

it("a coarser grid keeps the corners and every n-th cell between", () => {
  const coarse = coarser(logits, 4);
  expect([coarse.height, coarse.width]).toEqual([2, 3]);
  expect([...coarse.values]).toEqual([0, 1, 8, 9, 16, 17, 72, 73, 80, 81, 88, 89]);
  expect(coarser(logits, 1)).toEqual(logits);
});

it("a grid whose corners would move is refused", () => {
  expect(() => coarser(logits, 3)).toThrow(RangeError);
});

it("softmax term by term is its definition, and no large logit overflows it", () => {
  const logits = [2.5, -1, 0, 2.5, 7];
  const whole = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  const {largest, exponentials, sum, shares} = softmaxTerms(Float32Array.from(logits));
  expect(largest).toBe(7);
  expect([...exponentials]).toEqual(logits.map((logit) => expect.closeTo(Math.exp(logit) / Math.exp(7), 12)));
  expect(sum).toBeCloseTo(whole / Math.exp(7), 12);
  expect([...shares]).toEqual(logits.map((logit) => expect.closeTo(Math.exp(logit) / whole, 12)));
  expect([...softmaxTerms([1000, 1000, -1000]).shares]).toEqual([0.5, 0.5, 0]);
});
