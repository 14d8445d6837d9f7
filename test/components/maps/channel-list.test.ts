import {beforeAll, expect, it, vi} from "vitest";
import {channelList} from "../../../src/components/maps/channel-list.js";
import {sequential} from "../../../src/components/maps/colour-maps.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

it("a channel's button says what it adds, and reports which it is", () => {
  const onChannel = vi.fn();
  const view = channelList({label: "For", onChannel});
  view.update([{channel: 87, activation: 2, weight: -0.5, part: -1, map: Float32Array.from([0, 1])}], {
    height: 1,
    width: 2,
    colour: sequential(0, 1)
  });
  const button = view.querySelector("button")!;
  expect(button.textContent!.replaceAll(/\s+/g, " ").trim()).toBe("channel 87 2.00 × −0.50 −1.00");
  button.click();
  expect(onChannel).toHaveBeenCalledWith(87);
});
