import {expect, it} from "vitest";
import {diverging, extentOf, grey, heat, sequential} from "../../../src/components/maps/colour-maps.js";
import {colourValues} from "../../../src/components/maps/colour-values.js";

it("activations go from dark to light", () => {
  const colour = sequential(0, 2);
  // The ends of viridis.
  expect(colour(0)).toEqual([68, 1, 84]);
  expect(colour(2)).toEqual([253, 231, 37]);
  expect(colour(-5)).toEqual(colour(0));
  expect(colour(NaN)).toEqual(colour(0));
});

it("values with a sign are white at zero, blue below and red above", () => {
  const colour = diverging(1);
  expect(Math.min(...colour(0))).toBeGreaterThan(235);
  const [redBelow, , blueBelow] = colour(-1);
  const [redAbove, , blueAbove] = colour(1);
  expect(blueBelow).toBeGreaterThan(redBelow);
  expect(redAbove).toBeGreaterThan(blueAbove);
});

it("greys are brightness", () => {
  expect(grey(0.5)).toEqual([128, 128, 128]);
  expect([...colourValues([0, 1], grey)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
});

it("the extent of nothing is zero", () => {
  expect(extentOf([3, -1, 2])).toEqual([-1, 3]);
  expect(extentOf([])).toEqual([0, 0]);
});

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
