// @vitest-environment jsdom
import {beforeAll, describe, expect, it, vi} from "vitest";
import {channelRanges} from "../../../src/components/charts/channel-ranges.js";
import {decibelsInWords, layerNoise} from "../../../src/components/charts/layer-noise.js";
import {roundingHistogram} from "../../../src/components/charts/rounding-histogram.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

const spoken = (view: Element) => view.querySelector("[role=img]")!.getAttribute("aria-label");

describe("how far channels reach", () => {
  const reach = [12.7, 0.051, 0.049, 0];

  it("says how many channels are below half a step, and marks no end of the scale for one that is zero", () => {
    const view = channelRanges({label: "Reach"});
    view.update({reach, steps: [0.1, 0.1, 0.1, 0.1], marked: 0});
    expect(spoken(view)).toBe(
      "Reach. Largest weight of 4 channels: from 13 down to 0; steps from 0.1 to 0.1; 2 channels are zero after rounding."
    );
    expect(view.textContent).toContain("all of it rounded to zero: 2 channels");
    expect(view.innerHTML).not.toContain("NaN");
    expect(view.innerHTML).not.toContain("Infinity");
  });

  it("draws no step where the format has none", () => {
    const view = channelRanges({label: "Reach"});
    view.update({reach, steps: null, marked: 3});
    expect(spoken(view)).toBe("Reach. Largest weight of 4 channels: from 13 down to 0.");
    expect(view.querySelectorAll("li").length).toBe(1);
  });
});

it("the histogram says how many bins hold weights before and after", () => {
  const view = roundingHistogram({label: "Weights", xTitle: "weight"});
  view.update({first: -1, width: 0.5, before: [0.1, 0.2, 0.3, 0.2, 0.1], after: [0, 0, 0.8, 0, 0.1]});
  expect(spoken(view)).toBe("Weights. Of 5 bins from -1 to 1, 5 hold values before rounding and 2 after it.");
});

describe("the noise of layers", () => {
  it("names the noisiest, and the pressed one", () => {
    const onLayer = vi.fn();
    const view = layerNoise({label: "Noise", onLayer});
    view.update({
      layers: [
        {name: "a", decibels: 35.52, isDepthwise: false},
        {name: "b", decibels: 14.4, isDepthwise: true}
      ],
      marked: "a"
    });
    expect(spoken(view)).toBe("Noise. 2 layers; the noisiest is b, 14.4 dB.");
    const marks = [...view.querySelectorAll("g")].filter((mark) => mark.querySelector("title"));
    marks[1]!.dispatchEvent(new MouseEvent("click", {bubbles: true}));
    expect(onLayer).toHaveBeenCalledExactlyOnceWith("b");
  });

  it("has words for what is lost and for nothing", () => {
    expect([14.44, 81, Infinity].map(decibelsInWords)).toEqual(["14.4 dB", "over 80 dB", "nothing lost"]);
  });
});
