import {describe, expect, it} from "vitest";
import {atlasLayout} from "../../../src/components/maps/atlas-paint.js";
import {gridShape, keyTarget} from "../../../src/components/maps/grid-shape.js";

describe("gridShape", () => {
  it.each([300, 358, 700, 1100, 1700])("shows maps at 72 to 128 pixels in a box of %i, and fits it", (width) => {
    for (const maps of [
      {height: 33, width: 33},
      {height: 22, width: 33},
      {height: 33, width: 22},
      {height: 1, width: 1}
    ]) {
      const {columns, mapWidth, mapHeight, pitch} = gridShape(maps, {width, captions: false, em: 13});
      expect(Math.max(mapWidth, mapHeight)).toBeGreaterThanOrEqual(72);
      expect(Math.max(mapWidth, mapHeight)).toBeLessThanOrEqual(128);
      expect(mapWidth / mapHeight).toBeCloseTo(maps.width / maps.height, 1);
      expect(pitch * (columns - 1) + mapWidth).toBeLessThanOrEqual(width);
    }
  });

  it("leaves room for a second line", () => {
    const one = gridShape({height: 9, width: 9}, {width: 500, captions: false, em: 10});
    const two = gridShape({height: 9, width: 9}, {width: 500, captions: true, em: 10});
    expect(two.rowHeight - one.rowHeight).toBeGreaterThanOrEqual(13);
  });
});

describe("keyTarget", () => {
  // 0 1 2 3 / 4 5 6 7 / 8 9
  const shape = {count: 10, columns: 4, rowsInSight: 2};
  const to = (key: string, from: number, ctrlKey = false) => keyTarget({key, ctrlKey}, from, shape);

  it.each([
    ["ArrowRight", 3, 4],
    ["ArrowRight", 9, 9],
    ["ArrowLeft", 4, 3],
    ["ArrowLeft", 0, 0],
    ["ArrowDown", 1, 5],
    ["ArrowDown", 6, 9],
    ["ArrowDown", 9, 9],
    ["ArrowUp", 8, 4],
    ["ArrowUp", 2, 2],
    ["PageDown", 1, 9],
    ["PageDown", 3, 9],
    ["PageUp", 9, 1],
    ["PageUp", 5, 1],
    ["Home", 6, 4],
    ["End", 4, 7],
    ["End", 8, 9]
  ])("%s from %i goes to %i", (key, from, target) => {
    expect(to(key, from)).toBe(target);
  });

  it("goes to the ends of the grid with Ctrl, and nowhere with other keys", () => {
    expect(to("Home", 6, true)).toBe(0);
    expect(to("End", 6, true)).toBe(9);
    expect(to("a", 6)).toBeNull();
  });
});

describe("atlasLayout", () => {
  it("holds all tiles of a usual layer, about square", () => {
    const {columns, rows, reduction, tileHeight, tileWidth} = atlasLayout({height: 33, width: 33}, 960, 128);
    expect(columns * rows).toBeGreaterThanOrEqual(960);
    expect(reduction).toBe(1);
    expect((columns * tileWidth) / (rows * tileHeight)).toBeCloseTo(1, 0);
  });

  it("reduces maps that are shown smaller, and keeps within 16 million pixels", () => {
    for (const [height, width, count] of [
      [513, 513, 96],
      [2049, 2049, 21],
      [129, 97, 5000],
      [5000, 3, 40],
      [1, 1, 2048],
      [255, 255, 4000]
    ] as const) {
      const {columns, rows, reduction, tileHeight, tileWidth} = atlasLayout({height, width}, count, 128);
      expect(columns * tileWidth).toBeLessThanOrEqual(4096);
      expect(rows * tileHeight).toBeLessThanOrEqual(4096);
      expect(columns * rows).toBeGreaterThanOrEqual(1);
      expect(tileHeight * reduction).toBeGreaterThanOrEqual(height);
      // Never less than twice what is shown along the longer side would need.
      expect(Math.max(tileHeight, tileWidth)).toBeGreaterThanOrEqual(Math.min(Math.max(height, width), 128));
    }
    // 255 x 255 at 128 is not reduced: 16 x 16 tiles a page.
    const full = atlasLayout({height: 255, width: 255}, 4000, 128);
    expect(full.columns * full.rows).toBe(256);
  });
});
