import {expect, it} from "vitest";
import {smallestPlan} from "../../src/engine/plan.js";
import {released} from "../../src/engine/released.js";
import {lineage} from "../../src/engine/teaching/lineage.js";
import {sourceLooks} from "../../src/lab/source-look.js";

const backbone = released(0.5);
const sourceLook = sourceLooks(smallestPlan(lineage("v3+", backbone)));
/** Of a network with four atrous branches. */
const ofFour = sourceLooks(smallestPlan(lineage("v2", backbone)));

it("knows a branch by any of its end points", () => {
  expect(sourceLook("aspp/image_pooling/upsampled")).toEqual(sourceLook("aspp/image_pooling"));
  expect(sourceLook("aspp/atrous_1/pointwise")).toEqual({title: "atrous 1", colour: "var(--rate-12)"});
  expect(ofFour("aspp/atrous_3")).toEqual({title: "atrous 3", colour: "var(--rate-18)"});
  expect(sourceLook("aspp/conv_1x1").title).toBe("1 × 1");
  expect(sourceLook("decoder/low_level").colour).toBe("var(--concept-decoder)");
  expect(sourceLook("constant").title).toContain("biases");
});

it("calls what it does not know by its end point", () => {
  expect(sourceLook("aspp/other").title).toBe("aspp/other");
});
