import {describe, expect, it} from "vitest";
import {pixelAt, pointInView, pointOnPhoto, viewSize} from "../../src/media/compose.js";

describe("pixelAt", () => {
  const photo = {width: 100, height: 50};
  it("finds the photo's pixel under a point of the view", () => {
    expect(pixelAt(photo, 0.5, 0.5)).toEqual({x: 50, y: 25});
    expect(pixelAt(photo, 0, 0)).toEqual({x: 0, y: 0});
    expect(pixelAt(photo, 1, 1)).toEqual({x: 99, y: 49});
  });
  it("finds the same pixel in both halves of the side-by-side view", () => {
    expect(pointOnPhoto({x: 0.25, y: 0.5}, "side-by-side")).toEqual({x: 0.5, y: 0.5});
    expect(pointOnPhoto({x: 0.75, y: 0.5}, "side-by-side")).toEqual({x: 0.5, y: 0.5});
    expect(pointOnPhoto(pointInView({x: 0.3, y: 0.7}, "side-by-side"), "side-by-side")).toEqual({x: 0.3, y: 0.7});
  });
});

it("side by side is twice as wide", () => {
  expect(viewSize({width: 10, height: 7, view: "side-by-side"})).toEqual({width: 20, height: 7});
  expect(viewSize({width: 10, height: 7, view: "compare"})).toEqual({width: 10, height: 7});
});
