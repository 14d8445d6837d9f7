import {expect, it} from "vitest";
import {mobileNetV2} from "../../../../src/engine/backbones/mobilenetv2.js";
import {plan} from "../../../../src/engine/plan.js";
import {layerRows} from "../../../../src/pages/inspector/maps/layer-rows.js";
import {complete} from "../../../engine/networks.js";

const rows = layerRows(plan({...complete, backbone: mobileNetV2()}, {height: 513, width: 385, outputStride: 16}));
const row = (name: string) => rows.find((each) => each.name === name)!;

it("has every end point from the photo to the logits", () => {
  expect(rows[0]).toMatchObject({
    name: "input",
    shape: "385 × 513 × 3",
    colour: "var(--concept-input)",
    facts: [
      ["", "the photo"],
      ["size", "2.4 MB"]
    ]
  });
  expect(rows.at(-1)).toMatchObject({name: "logits", colour: "var(--concept-output)"});
  expect(rows.every(({opens}) => opens)).toBe(true);
});

it("tells a layer's stride and rate in this run, what it costs and how large it is", () => {
  // 33 x 25 cells of 960 channels, 9 taps each; stride 16 is reached in block 6, so block 13 passes its stride on as a rate.
  expect(row("backbone/block_14/depthwise")).toMatchObject({
    shape: "25 × 33 × 960",
    facts: [
      ["", "depthwise 3 × 3"],
      ["stride", "1"],
      ["rate", "2"],
      ["multiply-adds", "7.1 M"],
      ["size", "3.2 MB"]
    ],
    colour: "var(--quiet)"
  });
  expect(row("aspp/image_pooling/mean").facts).toEqual([
    ["", "mean over the map"],
    ["size", "1.3 kB"]
  ]);
});

it("draws the larger maps higher and more channels wider, in the colour of the part", () => {
  expect(row("input").glyph.height).toBe(1);
  expect(Math.max(...rows.map(({glyph}) => glyph.width))).toBe(1);
  expect(row("backbone/conv").glyph.height).toBeGreaterThan(row("backbone/block_14/depthwise").glyph.height);
  expect(row("aspp/atrous_1").colour).toBe("var(--rate-12)");
  expect(row("decoder/low_level").colour).toBe("var(--concept-decoder)");
});
