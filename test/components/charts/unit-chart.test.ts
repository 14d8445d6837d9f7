import {expect, it} from "vitest";
import {unitChart} from "../../../src/components/charts/unit-chart.js";
import {withoutDrawing} from "../dom.js";

it("a bar a unit, in the colour of its rate, with its stride, and what became of that", () => {
  withoutDrawing();
  const chart = unitChart({label: "Units"});
  chart.update([
    {name: "conv", side: 257, trainedStride: 2, stride: 2, rate: 1, skip: false},
    {name: "block_01", side: 257, trainedStride: 2, stride: 1, rate: 1, skip: true},
    {name: "block_02", side: 33, trainedStride: 1, stride: 1, rate: 2, skip: false}
  ]);
  const bars = [...chart.querySelectorAll("rect")];
  expect(bars.map((bar) => bar.getAttribute("style"))).toEqual(["fill:var(--rate-1)", "fill:var(--rate-1)", "fill:var(--rate-6)"]);
  const heights = bars.map((bar) => Number(bar.getAttribute("height")));
  expect(heights[0]).toBe(heights[1]);
  expect(heights[2]).toBeLessThan(heights[1]!);
  expect([...chart.querySelectorAll("title")].map(({textContent}) => textContent)).toEqual([
    "conv: 257 cells a side, stride 2, rate 1",
    "block 01: 257 cells a side, stride 1 instead of 2, rate 1, a skip",
    "block 02: 33 cells a side, stride 1, rate 2"
  ]);
  // A side is written where it is another than before.
  expect([...chart.querySelectorAll("g text")].map(({textContent}) => textContent)).toEqual(["257", "÷2", "÷2", "33"]);
  expect(chart.querySelectorAll("path")).toHaveLength(1);
  expect(chart.querySelector("svg")!.getAttribute("aria-label")).toContain("1 run at a rate above 1, 1 lost their stride, 1 have a skip");
});
