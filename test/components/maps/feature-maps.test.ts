import {beforeAll, describe, expect, it, vi} from "vitest";
import {channelOf, featureMaps, meanActivation} from "../../../src/components/maps/feature-maps.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

/** 1 x 2 cells with 3 channels. */
const maps = {height: 1, width: 2, channels: 3, values: Float32Array.from([1, -2, 3, 4, 5, 6])};

describe("feature maps", () => {
  it("take one channel out of all, and the mean strength of all", () => {
    expect([...channelOf(maps, 1)]).toEqual([-2, 5]);
    expect([...meanActivation(maps)]).toEqual([2, 5]);
  });
  it("show as many channels as fit, from the one asked for, and report which is chosen", () => {
    const onChannel = vi.fn();
    const view = featureMaps({label: "Maps", shown: 2, onChannel});
    view.update(maps, 1);
    expect([...view.querySelectorAll("canvas")].map((canvas) => canvas.getAttribute("aria-label"))).toEqual(["Channel 1", "Channel 2"]);
    view.querySelectorAll("button")[1]!.click();
    expect(onChannel).toHaveBeenCalledWith(2);
  });
  it("are named by the channels that they are of, where those before were left out", () => {
    const view = featureMaps({label: "Maps", shown: 2, first: 40});
    view.update(maps);
    expect([...view.querySelectorAll("canvas")].map((canvas) => canvas.getAttribute("aria-label"))).toEqual(["Channel 40", "Channel 41"]);
  });
});
