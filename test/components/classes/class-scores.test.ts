import {describe, expect, it} from "vitest";
import {classScores} from "../../../src/components/classes/class-scores.js";

describe("scores of the classes", () => {
  const scores = ["cat", "dog", "cow", "bus", "car", "sofa", "boat"].map((name, i) => ({
    name,
    colour: "red",
    logit: i - 2,
    probability: i / 21,
    asked: name === "dog"
  }));
  const view = classScores({label: "Scores"});
  view.update(scores);
  const rows = () => [...view.querySelectorAll<HTMLElement>("tbody tr")];

  it("stand largest first, and five at first", () => {
    expect(rows()[0]!.textContent).toContain("boat");
    expect(rows()[0]!.textContent).toContain("4.000");
    expect(rows().filter(({hidden}) => !hidden)).toHaveLength(5);
    expect(rows().find(({className}) => className === "asked")!.textContent).toContain("dog");
  });
  it("unfold, and stay unfolded at the next place", () => {
    const button = view.querySelector("button")!;
    expect(button.textContent).toBe("All 7 classes");
    button.click();
    expect(button.getAttribute("aria-expanded")).toBe("true");
    view.update(scores);
    expect(rows().every(({hidden}) => !hidden)).toBe(true);
    button.click();
    expect(rows().filter(({hidden}) => hidden)).toHaveLength(2);
  });
});
