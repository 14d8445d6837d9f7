/** The walk through the whole network leads to end points that it has, and says what they are. */
import {describe, expect, it} from "vitest";
import {lineage} from "../../../src/engine/teaching/lineage.js";
import {released} from "../../../src/engine/released.js";
import {plan} from "../../../src/engine/plan.js";
import {walkThrough} from "../../../src/pages/lessons/network/walk.js";
import {LIKE_BUNDLED} from "../../../src/pages/lessons/bundled-model.js";

const at = (network: Parameters<typeof plan>[0], outputStride = 16) => plan(network, {height: 513, width: 513, outputStride});
const titles = (...args: Parameters<typeof at>) => walkThrough(at(...args)).map(({title}) => title);

describe("the walk", () => {
  it.each([
    ["a whole v3+", LIKE_BUNDLED.network],
    ["a head of a 1x1 and image pooling", released(1)],
    ["v1's one branch", lineage("v1", LIKE_BUNDLED.network)]
  ])("through %s stops at end points of its plan, from the photo to a score", (_, network) => {
    for (const outputStride of [8, 16, 32]) {
      const made = at(network, outputStride);
      const stops = walkThrough(made);
      for (const {layer} of stops) expect(made.steps.map(({name}) => name)).toContain(layer);
      expect([stops[0]!.layer, stops.at(-1)!.layer]).toEqual(["input", "logits"]);
    }
  });

  it("tells of what the network has, and of nothing else", () => {
    expect(titles(LIKE_BUNDLED.network)).toEqual([
      "The photo",
      "The first layer",
      "One channel",
      "One cell",
      "A unit of the backbone",
      "A stride becomes a rate",
      "What the backbone gives",
      "ASPP",
      "The widest branch",
      "Image pooling",
      "What ASPP gives",
      "The skip",
      "The decoder",
      "The scores",
      "One score"
    ]);
    expect(titles(LIKE_BUNDLED.network, 32)).not.toContain("A stride becomes a rate");
    for (const missing of ["The widest branch", "The skip", "The decoder"]) expect(titles(released(1))).not.toContain(missing);
  });

  it("says the plan's own numbers", () => {
    const words = (title: string, outputStride = 16) =>
      walkThrough(at(LIKE_BUNDLED.network, outputStride)).find((stop) => stop.title === title)!.words;
    // By hand: 3 x 3 x 3 weights; 33 cells for 513 pixels; the skip's 129 for these; 256 + 48 channels.
    expect(words("One cell")).toMatch(/^27 values/);
    expect(words("What the backbone gives")).toMatch(/A step from cell to cell is 16 pixels/);
    expect(words("What the backbone gives", 8)).toMatch(/A step from cell to cell is 8 pixels/);
    expect(words("The widest branch")).toMatch(/^At rate 18 /);
    expect(words("The widest branch", 8)).toMatch(/^At rate 36 /);
    expect(words("The skip")).toMatch(/about 4 times as fine/);
    expect(words("The decoder")).toMatch(/304 channels/);
    expect(words("The scores")).toMatch(/^21 maps/);
    expect(words("A stride becomes a rate")).toMatch(/had stride 2 .* at rate 2\./);
  });
});
