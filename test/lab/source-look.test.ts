import {expect, it} from "vitest";
import {sourceLook} from "../../src/lab/source-look.js";

it("knows a branch by any of its end points", () => {
  expect(sourceLook("aspp/image_pooling/upsampled")).toEqual(sourceLook("aspp/image_pooling"));
  expect(sourceLook("aspp/atrous_1/pointwise")).toEqual({title: "atrous 2", colour: "var(--rate-12)"});
  expect(sourceLook("aspp/atrous_3")).toEqual({title: "atrous 4", colour: "var(--rate-18)"});
  expect(sourceLook("aspp/conv_1x1").title).toBe("1 × 1");
  expect(sourceLook("decoder/low_level").colour).toBe("var(--concept-decoder)");
  expect(sourceLook("constant").title).toContain("biases");
});

it("calls what it does not know by its end point", () => {
  expect(sourceLook("aspp/other").title).toBe("aspp/other");
});
