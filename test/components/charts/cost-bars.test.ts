import {describe, expect, it} from "vitest";
import {costBars} from "../../../src/components/charts/cost-bars.js";

describe("cost bars", () => {
  it("are as long as their share of the longest", () => {
    const view = costBars({label: "Multiply-adds"});
    view.update([
      {name: "standard", value: 4, text: "4 G"},
      {name: "separable", value: 1, text: "1 G", colour: "red"}
    ]);
    expect([...view.querySelectorAll<HTMLElement>(".cost-bar")].map((bar) => bar.style.getPropertyValue("--share"))).toEqual(["1", "0.25"]);
    expect(view.textContent).toContain("separable");
  });
});
