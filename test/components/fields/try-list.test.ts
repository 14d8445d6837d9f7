import {describe, expect, it, vi} from "vitest";
import {tryList} from "../../../src/components/fields/try-list.js";

const ticksOf = (view: HTMLElement) => [...view.querySelectorAll<HTMLElement>(".try-tick")].map(({textContent}) => textContent);

const ASKS = ["Do this.", "Do that.", "And that."].map((words) => ({words, guesses: ["yes", "no"]}));

describe("try this", () => {
  it("answers what is done", () => {
    const view = tryList(ASKS.slice(0, 2));
    view.update([null, {text: "That it is.", isDone: true}]);
    expect([...view.querySelectorAll("li")].map((item) => item.classList.contains("done"))).toEqual([false, true]);
    expect(view.textContent).toContain("That it is.");
  });

  it("keeps the tick of what was done once, now or at an earlier visit", () => {
    const view = tryList(ASKS);
    view.keep([{isDone: true}, {isDone: false}, {isDone: false}]);
    view.update([null, {text: "Done.", isDone: true}, {text: "Not yet.", isDone: false}]);
    view.update([null, null, null]);
    expect(ticksOf(view)).toEqual(["✓ done: ", "✓ done: ", ""]);
  });

  it("takes a prediction, and another one until the answer is there", () => {
    const onPredict = vi.fn();
    const view = tryList([{words: "Which one?", guesses: ["1", "4", "6"]}], {onPredict});
    const buttons = [...view.querySelectorAll("button")];
    const pressed = () => buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map(({textContent}) => textContent);
    expect(pressed()).toEqual([]);
    buttons[0]!.click();
    buttons[1]!.click();
    expect(pressed()).toEqual(["4"]);
    view.update([{text: "Four it is.", isDone: true}]);
    buttons[2]!.click();
    expect(pressed()).toEqual(["4"]);
    expect(onPredict.mock.calls).toEqual([
      [0, "1"],
      [0, "4"]
    ]);

    const again = tryList([{words: "Which one?", guesses: ["1", "4", "6"]}], {onPredict});
    again.keep([{isDone: true, guess: "6"}]);
    expect(again.querySelector('[aria-pressed="true"]')!.textContent).toBe("6");
    again.querySelector("button")!.click();
    expect(onPredict).toHaveBeenCalledTimes(2);
  });
});
