import {expect, it} from "vitest";
import {channelName, classOfChannel} from "../../src/lab/channel-name.js";
import {LOGITS, smallestPlan} from "../../src/engine/plan.js";
import {complete} from "../engine/networks.js";

const classes = ["background", "aeroplane", "bicycle"];
const result = {plan: smallestPlan(complete), classes};

it("the logits' channels are called by their classes, those of other layers by their numbers", () => {
  expect([0, 2].map((channel) => channelName(result, LOGITS, channel))).toEqual(["0 (background)", "2 (bicycle)"]);
  expect(channelName(result, "aspp/projection", 2)).toBe("2");
  expect(classOfChannel(result, "aspp/projection", 2)).toBeNull();
  // A network may know fewer names than it has channels.
  expect(channelName(result, LOGITS, 3)).toBe("3");
});

it("a map that is enlarged after the logits has their classes, too", () => {
  expect(channelName({plan: {output: "logits/upsampled"}, classes}, "logits/upsampled", 1)).toBe("1 (aeroplane)");
});
