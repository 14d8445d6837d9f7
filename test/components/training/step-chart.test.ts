// @vitest-environment jsdom
import {beforeAll, describe, expect, it, vi} from "vitest";
import {stepChart} from "../../../src/components/training/step-chart.js";
import {smoothed, valueAt} from "../../../src/components/training/step-series.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

const POINTS = [1, 0.5, 0.25].map((value, index) => ({step: (index + 1) * 10, value}));

function chart(scale: "linear" | "log" = "linear") {
  const onStep = vi.fn<(step: number) => void>();
  const view = stepChart({label: "Loss", scale, text: (value) => value.toFixed(2), onStep});
  const update = (at?: number) =>
    view.update({series: [{name: "val", colour: "teal", points: POINTS}], marks: [{step: 30, name: "best"}], end: 100, at});
  update();
  const drawing = view.querySelector("svg")!;
  const press = (key: string, more = {}) => drawing.dispatchEvent(new KeyboardEvent("keydown", {key, ...more, bubbles: true}));
  return {view, drawing, update, press, onStep};
}

describe("the chart over steps", () => {
  it("says what it draws, and the values at the step that is looked at", () => {
    const {drawing, update, view} = chart();
    expect(drawing.getAttribute("aria-label")).toBe(
      "Loss. val: 1.00 at step 10, 0.25 at step 30. best at step 30. Arrow keys go through the steps."
    );
    expect(drawing.getAttribute("aria-valuetext")).toBe("step 30: val 0.25");
    update(25);
    expect(drawing.getAttribute("aria-valuetext")).toBe("step 25: val 0.50");
    expect(view.querySelector("li")!.textContent).toBe("val 0.50");
  });

  it("is a slider for arrow keys, which stay within the steps that were made", () => {
    const {press, onStep, update} = chart();
    press("ArrowLeft");
    press("ArrowRight");
    update(5);
    press("ArrowUp", {shiftKey: true});
    press("Home");
    press("ArrowDown", {shiftKey: true});
    press("a");
    press("ArrowLeft", {ctrlKey: true});
    expect(onStep.mock.calls.flat()).toEqual([29, 30, 15, 0, 0]);
  });

  it("shows equal factors as equal distances on a scale of powers", () => {
    const heights = [...chart("log").drawing.querySelectorAll("circle")].map((circle) => Number(circle.getAttribute("cy")));
    expect(heights[1]! - heights[0]!).toBeCloseTo(heights[2]! - heights[1]!, 6);
    const linear = [...chart().drawing.querySelectorAll("circle")].map((circle) => Number(circle.getAttribute("cy")));
    expect(linear[1]! - linear[0]!).toBeCloseTo(2 * (linear[2]! - linear[1]!), 6);
  });

  it("is no slider while there is nothing to see", () => {
    const view = stepChart({label: "Loss", scale: "log", text: String, onStep: () => {}});
    view.update({series: [], marks: [], end: 10});
    expect(view.querySelector("svg")!.getAttribute("role")).toBe("img");
  });
});

describe("values over steps", () => {
  it("hold from where they are known", () => {
    expect([5, 10, 19, 30, 99].map((step) => valueAt(POINTS, step))).toEqual([undefined, 1, 1, 0.25, 0.25]);
  });

  it("are smoothed by the mean of those before", () => {
    expect(smoothed(POINTS, 2).map(({value}) => value)).toEqual([1, 0.75, 0.375]);
  });
});
