import {expect, it} from "vitest";
import type {ConvUnit, InvertedUnit} from "../../../src/engine/network.js";
import {mobileNetV2} from "../../../src/engine/backbones/mobilenetv2.js";

it("gives the channels of MobileNetV2, table 2, at width 1", () => {
  const [stem, ...blocks] = mobileNetV2().units as [ConvUnit, ...InvertedUnit[]];
  expect(stem.channels).toBe(32);
  expect(blocks.map(({channels}) => channels)).toEqual([16, 24, 24, 32, 32, 32, 64, 64, 64, 64, 96, 96, 96, 160, 160, 160, 320]);
  expect(blocks.flatMap(({stride}, index) => (stride === 2 ? [index] : []))).toEqual([1, 3, 6, 13]);
  expect(blocks.filter(({residual}) => residual)).toHaveLength(10);
});

it("expands every unit six times, except the first", () => {
  const [, ...blocks] = mobileNetV2({width: 0.5}).units;
  expect(blocks[0]).toMatchObject({name: "block_00", inputChannels: 16, expandedChannels: 16, channels: 8});
  expect(blocks[1]).toMatchObject({inputChannels: 8, expandedChannels: 48, channels: 12});
  expect(blocks[16]).toMatchObject({name: "block_16", inputChannels: 80, expandedChannels: 480, channels: 160});
});

it.each([0, -1, NaN, Infinity])("refuses a width of %s", (width) => {
  expect(() => mobileNetV2({width})).toThrow(/width multiplier must be a positive number/);
});
