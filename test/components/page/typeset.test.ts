import {expect, it} from "vitest";
import {typeset, typesetWithin} from "../../../src/components/page/typeset.js";

it("curves apostrophes", () => {
  expect(typeset("MobileNetV2's start, DeepLab's choice, the papers' size")).toBe(
    "MobileNetV2’s start, DeepLab’s choice, the papers’ size"
  );
});

it("keeps what belongs to a number on its line, and gives a size room", () => {
  expect(typeset("a 3×3 layer over 37 × 37 cells")).toBe("a 3\u00a0×\u00a03 layer over 37\u00a0×\u00a037 cells");
  expect(typeset("513 = 16 · 32 + 1")).toBe("513 = 16\u00a0·\u00a032 + 1");
  expect(typeset("12 ms, 57.5 % and 1.0 MB")).toBe("12\u00a0ms, 57.5\u00a0% and 1.0\u00a0MB");
});

it("leaves other words as they are", () => {
  expect(typeset("2 Models, 3 mskinds, x × y, 4 kept")).toBe("2 Models, 3 mskinds, x × y, 4 kept");
});

it("sets the words of what has markup, and leaves code alone", () => {
  const caption = document.createElement("span");
  caption.innerHTML = "nano's 3 × 3, as <code>conv2d(x, 3 × 3)</code> and <em>2 %</em>";
  expect(typesetWithin(caption).textContent).toBe("nano’s 3\u00a0×\u00a03, as conv2d(x, 3 × 3) and 2\u00a0%");
});
