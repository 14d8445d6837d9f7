import {describe, expect, it} from "vitest";
import {pixelAt, viewSize} from "../../src/media/compose.js";

describe("pixelAt", () => {
  const photo = {width: 100, height: 50};
  it("finds the photo's pixel under a point of the view", () => {
    expect(pixelAt({...photo, view: "overlay"}, 0.5, 0.5)).toEqual({x: 50, y: 25});
    expect(pixelAt({...photo, view: "overlay"}, 0, 0)).toEqual({x: 0, y: 0});
    expect(pixelAt({...photo, view: "overlay"}, 1, 1)).toEqual({x: 99, y: 49});
  });
  it("finds the same pixel in both halves of the side-by-side view", () => {
    expect(pixelAt({...photo, view: "side-by-side"}, 0.25, 0.5)).toEqual(pixelAt({...photo, view: "side-by-side"}, 0.75, 0.5));
  });
});

it("side by side is twice as wide", () => {
  expect(viewSize({width: 10, height: 7, view: "side-by-side"})).toEqual({width: 20, height: 7});
  expect(viewSize({width: 10, height: 7, view: "compare"})).toEqual({width: 10, height: 7});
});
