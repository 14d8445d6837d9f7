// @vitest-environment jsdom
import {beforeAll, describe, expect, it} from "vitest";
import {lineChart} from "../../../src/components/charts/line-chart.js";
import type {LineChart} from "../../../src/components/charts/line-chart.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

function chart(): LineChart {
  const view = lineChart({label: "mIoU", xTitle: "width"});
  view.update([
    {
      name: "a",
      colour: "red",
      points: [
        {x: 1, y: 0.31},
        {x: 20, y: 0.58}
      ]
    },
    {
      name: "b",
      colour: "blue",
      dashes: "2 5",
      points: [
        {x: 1, y: 0.3},
        {x: 20, y: 0.5}
      ]
    }
  ]);
  return view;
}

describe("the line chart", () => {
  it("says what it draws", () => {
    const view = chart();
    expect(view.querySelector("[role=img]")!.getAttribute("aria-label")).toBe(
      "mIoU, by width. a: 31.0 % at 1, 58.0 % at 20. b: 30.0 % at 1, 50.0 % at 20."
    );
    expect([...view.querySelectorAll("li")].map(({textContent}) => textContent)).toEqual(["a", "b"]);
  });

  it("tells lines apart by their strokes, in the legend too", () => {
    const dashes = [...chart().querySelectorAll("path, li line")].map(
      (stroke) => /stroke-dasharray:([^;]+)/.exec(stroke.getAttribute("style")!)![1]
    );
    expect(dashes).toEqual(["none", "2 5", "none", "2 5"]);
  });

  it("draws what is higher further up, and equal widths above each other", () => {
    const circles = [...chart().querySelectorAll("circle")].map((circle) => [
      Number(circle.getAttribute("cx")),
      Number(circle.getAttribute("cy"))
    ]);
    const [a1, a20, b1, b20] = circles as [number[], number[], number[], number[]];
    expect([a1[0], a20[0]]).toEqual([b1[0], b20[0]]);
    expect(a20[1]!).toBeLessThan(b20[1]!);
    expect(b20[1]!).toBeLessThan(a1[1]!);
    expect(a1[1]!).toBeLessThan(b1[1]!);
  });
});
