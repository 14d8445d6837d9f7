import {beforeAll, describe, expect, it} from "vitest";
import {shareChart} from "../../../src/components/charts/share-chart.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

describe("the share chart", () => {
  it("names each share at the marked place", () => {
    const view = shareChart({label: "Shares", xTitle: "rate"});
    view.update(
      [
        {name: "9 taps", colour: "red", shares: [1, 0.25]},
        {name: "1 tap", colour: "blue", shares: [0, 0.75]}
      ],
      2
    );
    expect([...view.querySelectorAll("li")].map((item) => item.textContent!.trim())).toEqual(["9 taps: 25.0 %", "1 tap: 75.0 %"]);
    expect(view.querySelectorAll("path")).toHaveLength(4);
  });
});
