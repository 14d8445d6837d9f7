import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {classProbabilities} from "../../../src/components/classes/class-probabilities.js";
import {voice} from "../../../src/components/page/voice.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("says the last of many words, once nothing else came for a moment", () => {
  const said = voice();
  said.say("dog");
  vi.advanceTimersByTime(200);
  said.say("sofa");
  vi.advanceTimersByTime(200);
  expect(said.textContent).toBe("");
  vi.advanceTimersByTime(100);
  expect(said.textContent).toBe("sofa");
  expect(said.getAttribute("aria-live")).toBe("polite");
});

it("says the two likeliest classes at a pixel, and where it is", () => {
  const panel = classProbabilities();
  const colour = "red";
  panel.update({x: 12, y: 5}, [
    {name: "background", colour, probability: 0.31},
    {name: "dog", colour, probability: 0.69}
  ]);
  vi.runAllTimers();
  expect(panel.querySelector("[aria-live]")!.textContent).toBe("dog, 69.0 %, then background, 31.0 %, at x 12, y 5.");
});
