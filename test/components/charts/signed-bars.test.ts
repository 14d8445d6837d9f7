import {describe, expect, it} from "vitest";
import {signedBars} from "../../../src/components/charts/signed-bars.js";

describe("signed bars", () => {
  it("go left below zero and right above", () => {
    const view = signedBars({label: "Contributions"});
    view.update(
      [
        {name: "a", value: 2, colour: "red"},
        {name: "b", value: -1, colour: "blue"}
      ],
      2
    );
    const bars = [...view.querySelectorAll<HTMLElement>(".signed-bar span")].map(({style}) => [style.left, style.width]);
    expect(bars).toEqual([
      ["50%", "50%"],
      ["25%", "25%"]
    ]);
    expect(view.textContent).toContain("−1.00");
  });
});
