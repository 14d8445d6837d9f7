import {beforeAll, expect, it, vi} from "vitest";
import {cellMap} from "../../../src/components/maps/cell-map.js";
import {grey} from "../../../src/components/maps/colour-maps.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

const content = {height: 4, width: 6, values: new Float32Array(24), colour: grey};

it("draws marks at their cells, outside ones in the margin", () => {
  const map = cellMap({label: "Input"});
  map.draw({...content, margin: {top: 2, bottom: 2, left: 2, right: 2}});
  map.mark([
    {row: 1, column: 2, colour: "orange"},
    {row: -2, column: -2, colour: "orange", dashed: true, text: "0"}
  ]);
  expect(map.querySelector("svg")!.getAttribute("viewBox")).toBe("-2 -2 10 8");
  const boxes = [...map.querySelectorAll("rect")].map((rect) => [rect.getAttribute("x"), rect.getAttribute("y")]);
  expect(boxes).toEqual([
    ["2", "1"],
    ["-2", "-2"]
  ]);
  expect(map.querySelector("text")!.textContent).toBe("0");
  expect(map.getAttribute("role")).toBe("img");
  expect(map.querySelector("[tabindex]")).toBeNull();
});

it("draws lines between cells, so many apart, and none where none are asked for", () => {
  const map = cellMap({label: "Tiles"});
  map.draw({...content, grid: 2});
  const path = () => map.querySelector(".cell-grid")?.getAttribute("d");
  expect(path()).toBe("M0 2H6M2 0V4M4 0V4");
  map.draw(content);
  expect(path()).toBeUndefined();
});

it("is pointed at by arrow keys, which stay on the map, and Shift leaps", () => {
  let at = {row: 0, column: 0};
  const onCell = vi.fn((cell) => (at = cell));
  const map = cellMap({label: "Output", onCell, at: () => at});
  map.draw(content);
  const target = map.querySelector<HTMLElement>('[role="application"][aria-label="Output"]')!;
  expect(target.tabIndex).toBe(0);
  const press = (key: string, shiftKey = false) => target.dispatchEvent(new KeyboardEvent("keydown", {key, shiftKey, cancelable: true}));
  press("ArrowRight");
  press("ArrowDown");
  expect(at).toEqual({row: 1, column: 1});
  press("ArrowUp", true);
  expect(at).toEqual({row: 0, column: 1});
  press("ArrowRight", true);
  press("ArrowRight", true);
  expect(at).toEqual({row: 0, column: 5});
  expect(press("a")).toBe(true);
  expect(onCell).toHaveBeenCalledTimes(5);
});

it("moves a mark from where it was, and a new one from where it sets out", () => {
  const map = cellMap({label: "Taps"});
  map.draw(content);
  const boxes = () => [...map.querySelectorAll("rect")];
  map.mark([
    {row: 0, column: 0, colour: "blue", key: "wide"},
    {row: 1, column: 1, colour: "orange", key: "near"}
  ]);
  const [wide, near] = boxes();
  const group = wide!.parentElement!;
  map.mark([{row: 3, column: 2, colour: "orange", key: "near"}], {glide: 400});
  expect(boxes()).toEqual([near]);
  expect(near!.getAttribute("x")).toBe("2");
  expect(group.style.getPropertyValue("--glide")).toBe("400ms");

  // What it was seen at before it goes on.
  const seen: (string | null)[] = [];
  const style = vi.spyOn(globalThis, "getComputedStyle").mockImplementation((element) => {
    seen.push(element.getAttribute("x"));
    return {} as CSSStyleDeclaration;
  });
  map.mark(
    [
      {row: 0, column: 5, colour: "blue", key: "wide", from: {row: 3, column: 3}},
      {row: 3, column: 2, colour: "orange", key: "near", from: {row: 3, column: 3}}
    ],
    {glide: 400}
  );
  style.mockRestore();
  expect(seen).toEqual(["3"]);
  expect(boxes().map((box) => box.getAttribute("x"))).toEqual(["5", "2"]);
  // The reader's own hand moves them at once.
  map.mark([{row: 0, column: 4, colour: "blue", key: "wide"}]);
  expect(group.style.getPropertyValue("--glide")).toBe("0ms");
});
