import {expect, it} from "vitest";
import {changeInWords, keptInWords, objectAhead} from "../../../src/pages/lessons/aspp/words.js";

it("what stays of the objects is told where the network found any, and where not nothing is said of them", () => {
  expect(keptInWords(0.5)).toBe("50.0 %");
  expect(changeInWords(0.1, 0.5)).toBe("10.0 % of the pixels; 50.0 % of those that were an object's stay.");
  expect(keptInWords(null)).toBe("none found");
  expect(changeInWords(0, null)).toBe("0.0 % of the pixels.");
});

it("the object that is ahead on average is told with its distance from the background", () => {
  const classes = ["background", "cow", "dog"];
  const logits = (values: number[]) => ({height: 1, width: 2, classes: 3, values: Float32Array.from(values)});
  expect(objectAhead({logits: logits([4, 1, 2, 4, 3, 1]), classes})).toBe("cow, 2.0 behind the background");
  expect(objectAhead({logits: logits([1, 1, 2, 1, 3, 4]), classes})).toBe("dog, 2.0 ahead of the background");
});
