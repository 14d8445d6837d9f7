import {expect, it} from "vitest";
import {lessonMap} from "../../../src/components/page/lesson-map.js";

it("the lesson map marks here and what was opened", () => {
  const view = lessonMap([
    {path: "/", href: "./", name: "One", about: "first", visited: true, here: true},
    {path: "/atrous", href: "./two", name: "Two", about: "second", visited: true, here: false},
    {path: "/none", href: "./three", name: "Three", about: "third", visited: false, here: false}
  ]);
  expect([...view.querySelectorAll(".lesson-mark")].map((mark) => mark.textContent)).toEqual(["you are here", "✓ opened", ""]);
  expect(view.querySelectorAll("a")[1]!.getAttribute("href")).toBe("./two");
});
