import {describe, expect, it} from "vitest";
import {cellOfPoint, nearestCell, pointOfCell} from "../../../../src/pages/inspector/maps/channel-place.js";

// A photo of 101 x 51 pixels that covers all of the width and half of the height of the network's input.
const photo = {width: 101, height: 51, covered: {width: 1, height: 0.5}};
const map = {width: 11, height: 11};

describe("a cell and the photo", () => {
  it("the corner cell lies on the corner pixel's middle, the map's middle row on the photo's last one", () => {
    expect(pointOfCell(photo, map, {row: 0, column: 0})).toEqual({x: 0.5 / 101, y: 0.5 / 51});
    expect(pointOfCell(photo, map, {row: 5, column: 10})).toEqual({x: 100.5 / 101, y: 50.5 / 51});
  });
  it("there and back again is the same cell", () => {
    const {row, column} = cellOfPoint(photo, map, pointOfCell(photo, map, {row: 3, column: 8}));
    expect(row).toBeCloseTo(3, 10);
    expect(column).toBeCloseTo(8, 10);
  });
  it("the nearest cell is one of the map's", () => {
    expect(nearestCell({row: -0.2, column: 10.6}, map)).toEqual({row: 0, column: 10});
  });
});
