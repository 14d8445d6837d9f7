import {expect, it} from "vitest";
import {coarser} from "../../../src/engine/labels/pixel.js";

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
