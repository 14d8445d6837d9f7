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
});
