import {beforeAll, describe, expect, it, vi} from "vitest";
import {stageStrip} from "../../../src/components/network/stage-strip.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

/** 1 x 2 cells with 3 channels. */
const maps = {height: 1, width: 2, channels: 3, values: Float32Array.from([1, -2, 3, 4, 5, 6])};

describe("the stage strip", () => {
  it("shows each stage's shape and which is chosen", () => {
    const onChoose = vi.fn();
    const strip = stageStrip({label: "Stages", onChoose});
    strip.update(
      [
        {name: "x/y", title: "First", colour: "green", maps},
        {name: "z", title: "Second", colour: "green", maps}
      ],
      "z"
    );
    const [first, second] = strip.querySelectorAll("button");
    expect([first!.getAttribute("aria-pressed"), second!.getAttribute("aria-pressed")]).toEqual(["false", "true"]);
    expect(first!.textContent).toContain("2 × 1 × 3");
    first!.click();
    expect(onChoose).toHaveBeenCalledWith("x/y");
  });
});
