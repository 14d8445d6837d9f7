import {expect, it} from "vitest";
import {formula} from "../../../src/components/page/formula.js";

it("is there for the eye and, as MathML, for a screen reader", () => {
  const view = formula("k + (k-1)(r-1) = 37", {display: true});
  expect(view.querySelector("math mn:last-child")!.textContent).toBe("37");
  expect(view.querySelector(".katex-html")!.getAttribute("aria-hidden")).toBe("true");
  view.update("r = 18");
  expect(view.querySelector("annotation")!.textContent).toBe("r = 18");
});

it("shows TeX that it cannot read, in place of failing", () => {
  expect(formula("\\nonsense{").textContent).toContain("nonsense");
});
