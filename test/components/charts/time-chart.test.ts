import {beforeAll, describe, expect, it} from "vitest";
import {timeChart} from "../../../components/charts/time-chart.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

// 300 px wide before it is on the page: 30 px a second. From zero at y = 82 up to y = 18.
const options = {label: "Load", span: 10_000, colours: ["red"], text: (value: number) => `${value} %`, least: 100, height: 100};
const paths = (view: Element) => [...view.querySelectorAll("path")].map((path) => path.getAttribute("d"));

describe("a chart of the last seconds", () => {
  it("stands on zero, and ends at the right edge with what is now", () => {
    const view = timeChart(options);
    view.update(
      [
        {at: 10_000, values: [0]},
        {at: 20_000, values: [50]}
      ],
      20_000,
      "now"
    );
    expect(paths(view)).toEqual(["M0,82L300,50L300,82L0,82Z", "M0,82L300,50"]);
    expect([...view.querySelectorAll("text")].map(({textContent}) => textContent)).toEqual(["100 %", "−10 s", "now"]);
    expect(view.querySelector("svg")!.getAttribute("aria-label")).toBe("Load over the last 10 seconds: between 0 % and 50 %.");
  });

  it("stacks several values, and holds each until the next and the last until the end", () => {
    const view = timeChart({...options, colours: ["red", "blue"], held: true});
    view.update(
      [
        {at: 10_000, values: [25, 25]},
        {at: 15_000, values: [50, 50]}
      ],
      20_000,
      "now"
    );
    expect(paths(view)).toEqual([
      "M0,66L150,66L150,50L300,50L300,50L300,82L300,82L150,82L150,82L0,82Z",
      "M0,50L150,50L150,18L300,18L300,18L300,50L300,50L150,50L150,66L0,66Z"
    ]);
  });

  it("grows past its least scale, to a round number", () => {
    const view = timeChart(options);
    view.update([{at: 20_000, values: [130]}], 20_000, "now");
    expect(view.querySelector("text")!.textContent).toBe("150 %");
    expect(view.querySelector("svg")!.getAttribute("aria-label")).toBe("Load over the last 10 seconds: 130 %.");
  });
});
