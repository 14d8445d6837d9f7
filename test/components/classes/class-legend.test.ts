import {describe, expect, it} from "vitest";
import {classLegend, legendEntries, percent} from "../../../src/components/classes/class-legend.js";

it("lists the classes that are there, the largest first, ties by id", () => {
  const entries = legendEntries(
    [0.25, 0, 0.5, 0.25],
    ["background", "cat", "dog", "cow"],
    [
      [0, 0, 0],
      [1, 1, 1],
      [64, 0, 128],
      [2, 2, 2]
    ]
  );
  expect(entries.map(({name}) => name)).toEqual(["dog", "background", "cow"]);
  expect(entries[0]).toEqual({id: 2, name: "dog", colour: "rgb(64 0 128)", share: 0.5});
});

it("writes shares with one decimal and never as zero", () => {
  expect(percent(0.2341)).toBe("23.4 %");
  expect(percent(0.0001)).toBe("< 0.1 %");
  expect(percent(0)).toBe("0.0 %");
});

describe("classLegend", () => {
  const entry = (id: number, share: number) => ({id, name: `class ${id}`, colour: "rgb(0 0 0)", share});
  const boxes = (legend: HTMLElement) => [...legend.querySelectorAll("input")];

  it("keeps its rows, and the focus in them, while shares change and order with them", () => {
    const legend = classLegend({onToggle: () => {}});
    document.body.replaceChildren(legend);
    legend.update([entry(0, 0.8), entry(7, 0.2)], new Set());
    const [first, second] = boxes(legend);
    second!.focus();
    legend.update([entry(0, 0.7), entry(7, 0.3)], new Set(["class 7"]));
    expect(boxes(legend)).toEqual([first, second]);
    expect(second!.checked).toBe(false);
    expect(legend.textContent).toContain("30.0 %");
    legend.update([entry(7, 0.6), entry(0, 0.4)], new Set());
    expect(boxes(legend)).toEqual([second, first]);
    expect(document.activeElement).toBe(second);
    legend.update([entry(0, 1)], new Set());
    expect(document.activeElement).toBe(first);
  });
});
