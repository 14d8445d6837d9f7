import {expect, it} from "vitest";
import {sourceList} from "../../../src/components/page/sources.js";

it("sources are linked", () => {
  const view = sourceList([{authors: "A", title: "T", where: "W 2018", url: "https://example.org/"}]);
  expect(view.querySelector("a")!.href).toBe("https://example.org/");
});
