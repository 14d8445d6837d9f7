import {expect, it} from "vitest";
import {contributionPair} from "../../../src/components/charts/contribution-pair.js";

const named = (view: Element, name: string) => view.querySelector(`[aria-label="${name}"]`)!;

it("contributions to two classes share a scale and meet their logits", () => {
  const view = contributionPair();
  view.update({
    first: {title: "Towards cat", logit: 1.5},
    second: {title: "Towards dog", logit: -1},
    parts: [
      {name: "1 × 1", colour: "red", first: 2, second: -4},
      {name: "biases", colour: "blue", first: -0.5, second: 3}
    ]
  });
  const widths = (name: string) => [...named(view, name).querySelectorAll<HTMLElement>(".signed-bar span")].map(({style}) => style.width);
  expect(widths("Contributions to the first class")).toEqual(["25%", "6.25%"]);
  expect(widths("Contributions to the second class")).toEqual(["50%", "37.5%"]);
  expect(named(view, "Sum of contributions").textContent).toBe("1.500");
  expect(named(view, "Logit of the second class").textContent).toBe("−1.000");
});
