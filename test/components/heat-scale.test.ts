// @vitest-environment jsdom
import {expect, it} from "vitest";
import {heat, heatScale} from "../../src/components/heat-scale.js";

it("leaves the photo bare at zero, and is redder above and bluer below the farther from it", () => {
  const shade = heat(4);
  expect(shade(0)[3]).toBe(0);
  const [high, low] = [shade(4), shade(-4)];
  expect(high[0]).toBeGreaterThan(high[2]);
  expect(low[2]).toBeGreaterThan(low[0]);
  expect(high[3]).toBe(low[3]);
  expect(shade(2)[3]).toBeGreaterThan(shade(1)[3]);
  expect(shade(8)).toEqual(shade(4));
  expect(heat(0)(0)[3]).toBe(0);
});

it("says what its ends mean", () => {
  const scale = heatScale();
  scale.update("rises by 1.00", "falls by 1.00");
  expect(scale.textContent).toBe("rises by 1.00falls by 1.00");
});
