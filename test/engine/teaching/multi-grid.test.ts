import {describe, expect, it} from "vitest";
import {blockField, resNetBlocks} from "../../../src/engine/teaching/multi-grid.js";

describe("rates of block 4", () => {
  it.each([
    [32, [1, 2, 4], [1, 2, 4]],
    [16, [1, 2, 4], [2, 4, 8]],
    [8, [1, 2, 4], [4, 8, 16]],
    [16, [1, 1, 1], [2, 2, 2]],
    [8, [1, 2, 1], [4, 8, 4]]
  ])("at output stride %i with multi-grid %o", (outputStride, multiGrid, rates) => {
    expect(resNetBlocks(outputStride, multiGrid)[3]!.rates).toEqual(rates);
  });
});

it.each([
  [32, [2, 2, 2, 1], [1, 1, 1], [8, 16, 32, 32]],
  [16, [2, 2, 1, 1], [1, 1, 1], [8, 16, 16, 16]],
  [8, [2, 1, 1, 1], [1, 1, 2], [8, 8, 8, 8]]
])("strides and rates of the blocks at output stride %i", (outputStride, strides, rates, reached) => {
  const blocks = resNetBlocks(outputStride, [1, 2, 4]);
  expect(blocks.map(({stride}) => stride)).toEqual(strides);
  expect(blocks.slice(0, 3).map((block) => block.rates[0])).toEqual(rates);
  expect(blocks.map((block) => block.outputStride)).toEqual(reached);
  expect(blocks.map((block) => block.rates.length)).toEqual([3, 4, 6, 3]);
});

it.each([
  [16, [1, 2]],
  [16, [1, 2, 4, 8]],
  [16, [1, 0, 1]],
  [16, [1, 1.5, 2]],
  [4, [1, 2, 4]]
])("refuses output stride %i with multi-grid %o", (outputStride, multiGrid) => {
  expect(() => resNetBlocks(outputStride, multiGrid)).toThrow(RangeError);
});

describe("receptive fields", () => {
  it("of ResNet-50 is the 483 pixels that Araujo et al. (2019) give", () => {
    expect(blockField(resNetBlocks(32, [1, 1, 1])).network).toBe(483);
  });

  it.each([
    [32, [1, 2, 4], 1 + 2 * (1 + 2 + 4), 1 + 32 * 14],
    [16, [1, 2, 4], 29, 1 + 16 * 28],
    [8, [1, 2, 4], 1 + 2 * (4 + 8 + 16), 1 + 8 * 56],
    [16, [1, 1, 1], 13, 1 + 16 * 12]
  ])("of block 4 at output stride %i with %o", (outputStride, multiGrid, cells, pixels) => {
    expect(blockField(resNetBlocks(outputStride, multiGrid))).toMatchObject({cells, pixels});
  });

  it("up to block 4 is the same in pixels at output stride 16 and 8", () => {
    // By hand: 7, then 4 for the pooling, 2·4 a unit of block 1, 2·8 a unit of block 2, 2·16 a unit of block 3, and block 4's.
    expect(blockField(resNetBlocks(16, [1, 2, 4])).network).toBe(7 + 4 + 3 * 8 + 4 * 16 + 6 * 32 + 32 * 14);
    expect(blockField(resNetBlocks(8, [1, 2, 4])).network).toBe(7 + 4 + 3 * 8 + 4 * 16 + 6 * 2 * 16 + 16 * 28);
  });
});
