import {expect, it} from "vitest";
import {classChanges, classChangesOf} from "../../../src/components/classes/class-changes.js";

const NAMES = ["background", "cat", "dog", "sofa"];
const PALETTE = [
  [0, 0, 0],
  [64, 0, 0],
  [64, 0, 128],
  [0, 192, 0]
];

it("lists the classes that either map has, the largest change first, with shares and the difference", () => {
  const list = classChanges();
  list.update(classChangesOf([0.6, 0.4, 0, 0], [0.7996, 0.1, 0.1004, 0], NAMES, PALETTE));
  const rows = [...list.querySelectorAll("li")].map((row) => row.textContent!.replace(/\s+/g, " ").trim());
  expect(rows).toEqual(["cat 40.0 % → 10.0 % −30.0", "background 60.0 % → 80.0 % +20.0", "dog 0.0 % → 10.0 % +10.0"]);
  expect(list.getAttribute("aria-label")).toBe("Changes by class");
});

it("draws bars from the middle to the side of the sign, and short ones for small changes", () => {
  const list = classChanges();
  list.update(classChangesOf([0.5, 0.5], [0.505, 0.495], NAMES.slice(0, 2), PALETTE));
  const bars = [...list.querySelectorAll<HTMLElement>(".signed-bar span")].map(({style}) => [
    parseFloat(style.left),
    parseFloat(style.width)
  ]);
  expect(bars).toEqual([
    [50, expect.closeTo(12.5)],
    [expect.closeTo(37.5), expect.closeTo(12.5)]
  ]);
});

it("writes no change without a sign", () => {
  const list = classChanges();
  list.update(classChangesOf([1], [1], ["background"], PALETTE));
  expect(list.querySelector("b")!.textContent).toBe("0.0");
});
