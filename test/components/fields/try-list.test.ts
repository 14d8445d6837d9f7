import {describe, expect, it} from "vitest";
import {tryList} from "../../../src/components/fields/try-list.js";

describe("try this", () => {
  it("answers what is done", () => {
    const view = tryList(["Do this.", "Do that."]);
    view.update([null, "That it is."]);
    expect([...view.querySelectorAll("li")].map((item) => item.classList.contains("done"))).toEqual([false, true]);
    expect(view.textContent).toContain("That it is.");
  });

  it("keeps the tick of what was done once, now or at an earlier visit", () => {
    const view = tryList(["Do this.", "Do that.", "And that."]);
    view.keep([true, false, false]);
    view.update([null, "Done.", null]);
    view.update([null, null, null]);
    expect([...view.querySelectorAll<HTMLElement>(".try-tick")].map(({textContent}) => textContent)).toEqual(["✓ done: ", "✓ done: ", ""]);
  });
});
