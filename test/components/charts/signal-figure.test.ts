import {beforeAll, describe, expect, it, vi} from "vitest";
import {signalFigure} from "../../../src/components/charts/signal-figure.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

describe("the signal", () => {
  it("goes on to the next output by keyboard even where a stride leaves columns between", () => {
    const onChoose = vi.fn();
    const view = signalFigure({label: "Signal", onChoose});
    view.update({
      input: [1, 2, 3, 4, 5, 6, 7],
      output: [1, 2, 3],
      weights: [1, 1, 1],
      taps: [1, 2, 3],
      chosen: 1,
      place: (output) => 3 * output
    });
    view.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"}));
    expect(onChoose).toHaveBeenLastCalledWith(2);
    view.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowLeft"}));
    expect(onChoose).toHaveBeenLastCalledWith(0);
  });

  it("keeps its lines where taps spread, so that they can glide, and labels them where there is room", () => {
    const view = signalFigure({label: "Signal", onChoose: () => {}});
    const content = {
      input: new Array<number>(9).fill(1),
      output: new Array<number>(9).fill(1),
      weights: [1, 2, 3],
      chosen: 4,
      place: (at: number) => at
    };
    view.update({...content, taps: [3, 4, 5]});
    const lines = () => [...view.querySelectorAll<SVGElement>(".signal-tap line")];
    const before = lines();
    const [narrow] = before.map(({style}) => style.transform);
    view.update({...content, taps: [-1, 4, 9]}, {glide: 400});
    expect(lines()).toEqual(before);
    expect(before[0]!.style.transform).not.toBe(narrow);
    expect(view.querySelector("svg")!.style.getPropertyValue("--glide")).toBe("400ms");
    expect([...view.querySelectorAll(".signal-tap text")].map(({textContent}) => textContent)).toEqual(["", "× 2", ""]);
    // The middle one has a width too, without which it would not be drawn.
    expect(before[1]!.style.transform).toContain("scale(0.01,");
    view.update({...content, taps: [3, 4, 5]});
    expect(view.querySelector("svg")!.style.getPropertyValue("--glide")).toBe("0ms");
  });
});
