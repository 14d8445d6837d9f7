import {beforeAll, expect, it} from "vitest";
import {stageSquares} from "../../../src/components/charts/stage-squares.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

it("draws maps to one scale on one line, and moves the squares that it drew before", () => {
  const view = stageSquares({label: "Sizes"});
  const numbers = (element: Element, ...names: string[]) => names.map((name) => Number(element.getAttribute(name)));
  const boxes = () => [...view.querySelectorAll("g > rect:first-child")];
  view.update(
    [
      {name: "a", cells: 33, stride: 1, rate: 1, changed: false},
      {name: "b", cells: 17, stride: 2, rate: 1, changed: false}
    ],
    66
  );
  const [a, b] = boxes();
  // 595 pixels between the gap for 66 cells.
  expect(numbers(a!, "width", "y")).toEqual([297.5, 0]);
  expect(numbers(b!, "width")[0]! / 17).toBeCloseTo(297.5 / 33, 2);
  const taps = () => [...view.querySelectorAll("g:last-child .stage-tap")].map((tap) => numbers(tap, "x")[0]!);
  const spread = () => Math.max(...taps()) - Math.min(...taps());
  const close = spread();
  expect([...view.querySelectorAll("text")].map(({textContent}) => textContent)).toEqual(["", "÷2"]);

  view.update(
    [
      {name: "a", cells: 33, stride: 1, rate: 1, changed: false},
      {name: "b", cells: 33, stride: 1, rate: 2, changed: true}
    ],
    66
  );
  expect(boxes()).toEqual([a, b]);
  expect(numbers(b!, "width", "y")).toEqual([297.5, 0]);
  expect(b!.classList.contains("changed")).toBe(true);
  expect(spread()).toBeCloseTo(2 * close, 1);
  expect([...view.querySelectorAll("text")].map(({textContent}) => textContent)).toEqual(["", "r2"]);

  const dilated = ["a", "b", "c"].map((name) => ({name, cells: 9, stride: 1, rate: 2, changed: true}));
  view.update(dilated, 66);
  expect([...view.querySelectorAll("text")].map(({textContent}) => textContent)).toEqual(["r2", "", ""]);
});
