import {describe, expect, it, vi} from "vitest";
import {presetList} from "../../../src/components/fields/preset-list.js";

describe("presets", () => {
  it("say which stands and what to look for", () => {
    const choose = vi.fn();
    const view = presetList([
      {label: "A", look: "look at a", choose},
      {label: "B", look: "look at b", choose: () => {}}
    ]);
    view.show([false, true]);
    expect([...view.querySelectorAll("button")].map((button) => button.getAttribute("aria-pressed"))).toEqual(["false", "true"]);
    expect(view.textContent).toContain("look at b");
    view.querySelector("button")!.click();
    expect(choose).toHaveBeenCalled();
    view.show([false, false]);
    expect(view.textContent).not.toContain("look at");
  });
});
