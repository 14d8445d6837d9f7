import {expect, it} from "vitest";
import {classKey} from "../../../src/components/classes/class-key.js";

it("names colours, with a remark where there is one, and says so where there are none", () => {
  const key = classKey({label: "Classes found", none: "Nothing."});
  key.update([
    {name: "dog", colour: "rgb(64 0 128)"},
    {name: "cat", colour: "rgb(64 0 0)", note: "(only at 8)"}
  ]);
  expect(key.getAttribute("aria-label")).toBe("Classes found");
  expect([...key.querySelectorAll("li")].map(({textContent}) => textContent)).toEqual(["dog", "cat (only at 8)"]);
  expect(key.querySelector<HTMLElement>(".swatch")!.style.background).toContain("64");
  key.update([{name: "cow", colour: "red", share: 0.25}]);
  expect(key.textContent).toBe("cow 25.0 %");
  key.update([]);
  expect(key.textContent).toBe("Nothing.");
});
