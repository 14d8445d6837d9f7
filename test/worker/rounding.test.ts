import {describe, expect, it} from "vitest";
import type {Prepared} from "../../src/worker/inspections/prepared.js";
import {rounding} from "../../src/worker/inspections/rounding.js";
import {smallestPlan} from "../../src/engine/plan.js";
import {randomWeights} from "../../src/engine/random-weights.js";
import {complete} from "../engine/networks.js";

const weights = randomWeights(smallestPlan(complete).steps, 4);
const WIDE = "backbone/block_07/depthwise";
weights[`${WIDE}/kernel`]!.values[0] = 80;
const prepared = {model: {network: complete, weights}} as unknown as Prepared;

describe("the inspection of rounding", () => {
  it("shows the layer that is asked for", async () => {
    const {layer, layers, histogram} = await rounding(prepared, {format: "int8-per-channel", layer: "aspp/conv_1x1"});
    expect(layer.layer).toBe("aspp/conv_1x1");
    expect(layers).toContain(layer);
    expect(histogram.before.length).toBe(histogram.after.length);
  });

  it.each(["float32", "int8-per-tensor"] as const)("else the depthwise one whose channels reach furthest apart, as %s", async (format) => {
    expect((await rounding(prepared, {format, layer: ""})).layer.layer).toBe(WIDE);
    expect((await rounding(prepared, {format, layer: "decoder/conv_9"})).layer.layer).toBe(WIDE);
  });

  it("counts in bins of the grid, where the layer has one grid", async () => {
    const {layer, histogram} = await rounding(prepared, {format: "minmax4-per-tensor", layer: WIDE});
    const parts = layer.scales![0]! / histogram.width;
    expect(parts).toBeCloseTo(Math.round(parts), 9);
    // To all the narrow channels it leaves the one value that is next to zero.
    expect([...histogram.after].filter((share) => share > 0).length).toBe(1);
  });
});
