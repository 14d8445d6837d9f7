import {describe, expect, it} from "vitest";
import {plan, smallestPlan} from "../../src/engine/plan.js";
import {released} from "../../src/engine/released.js";
import {lineage} from "../../src/engine/teaching/lineage.js";
import {partColours, partsOf} from "../../src/lab/network-parts.js";

const backbone = released(0.5);
const whole = plan(lineage("v3+", backbone), {height: 65, width: 65});

describe("parts of a network", () => {
  it("are told of every end point by where it lies in the plan: in these networks, as its name begins", () => {
    for (const made of [whole, smallestPlan(backbone), smallestPlan(lineage("v1", backbone))]) {
      const part = partsOf(made);
      expect(made.steps.map(({name}) => part(name))).toEqual(made.steps.map(({name}) => name.split("/")[0]));
    }
  });

  it("have their colours, an atrous branch the deeper one the larger its rate", () => {
    const colour = partColours(whole);
    expect(["input", "backbone/block_03/depthwise", "decoder/concat", "logits"].map(colour)).toEqual([
      "var(--concept-input)",
      "var(--quiet)",
      "var(--concept-decoder)",
      "var(--concept-output)"
    ]);
    expect(["aspp/image_pooling/mean", "aspp/image_pooling/upsampled"].map(colour)).toEqual(Array(2).fill("var(--concept-pooling)"));
    expect(["aspp/conv_1x1", "aspp/concat", "aspp/projection"].map(colour)).toEqual(Array(3).fill("var(--rate-1)"));
    expect(["aspp/atrous_0/depthwise", "aspp/atrous_1/pointwise", "aspp/atrous_2/depthwise"].map(colour)).toEqual([
      "var(--rate-6)",
      "var(--rate-12)",
      "var(--rate-18)"
    ]);
  });

  it("the one branch of v1 has the middle colour, and v2's fourth the deepest", () => {
    expect(partColours(smallestPlan(lineage("v1", backbone)))("aspp/atrous_0")).toBe("var(--rate-12)");
    expect(partColours(smallestPlan(lineage("v2", backbone)))("aspp/atrous_3")).toBe("var(--rate-18)");
  });
});
