import {expect, it} from "vitest";
import {figureBlock} from "../../../src/components/page/figure-block.js";

it("a figure has a name and a caption", () => {
  const view = figureBlock({title: "Title", body: document.createTextNode("body"), caption: "Caption"});
  expect([view.getAttribute("aria-label"), view.querySelector("figcaption")!.textContent]).toEqual(["Title", "Caption"]);
  expect(view.querySelector(".figure-controls")).toBeNull();
});
