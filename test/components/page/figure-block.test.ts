import {expect, it} from "vitest";
import {figureBlock} from "../../../src/components/page/figure-block.js";

it("a figure has a name and a caption", () => {
  const view = figureBlock({title: "Title", body: document.createTextNode("body"), caption: "Caption"});
  expect([view.getAttribute("aria-label"), view.querySelector("figcaption")!.textContent]).toEqual(["Title", "Caption"]);
  expect(view.querySelector(".figure-controls")).toBeNull();
});

it("a figure of others' numbers says where they stand, with the address as it is read", () => {
  const source = {authors: "Somebody", title: "A paper", where: "2017 (its name)", url: "https://example.org/abs/1"};
  const view = figureBlock({title: "T", body: document.createTextNode("b"), caption: "C", from: {source, place: "table 3"}});
  const from = view.querySelector(".figure-from")!;
  expect(from.textContent).toBe("From Somebody, 2017 (its name), table 3: example.org/abs/1");
  expect(from.querySelector("a")!.getAttribute("href")).toBe(source.url);
});
