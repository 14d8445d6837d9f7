import {describe, expect, it} from "vitest";
import {plain, signed, sumOf, tapSum} from "../../../src/components/tables/tap-sum.js";

const named = (view: Element, name: string) => view.querySelector(`[aria-label="${name}"]`)!;

describe("the tap sum", () => {
  it("leaves taps outside out of the sum", () => {
    const taps = [
      {input: 0.5, weight: 2, inside: true},
      {input: 9, weight: 9, inside: false},
      {input: 1, weight: -3, inside: true}
    ];
    expect(sumOf(taps)).toBe(-2);
    const view = tapSum();
    view.update(taps, 3, -2);
    expect(named(view, "Sum of products").textContent).toBe("−2.000");
    expect(named(view, "Output value").textContent).toBe("−2.000");
    expect(view.querySelectorAll(".tap-outside")).toHaveLength(1);
  });
  it("writes numbers with a proper minus and no negative zero", () => {
    expect(signed(-1.005, 1)).toBe("−1.0");
    expect(signed(-0.0001, 2)).toBe("0.00");
    expect([-1, 0.5, 0, 10, -0.111].map(plain)).toEqual(["−1", "0.50", "0", "10", "−0.11"]);
  });
});
