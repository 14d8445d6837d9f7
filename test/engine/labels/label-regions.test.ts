import {describe, expect, it} from "vitest";
import {labelRegions} from "../../../src/engine/labels/label-regions.js";
import type {LabelMap} from "../../../src/engine/labels/label-regions.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";

/** A map drawn by hand: a digit is a class, a dot the background. */
function drawn(rows: readonly string[]): LabelMap {
  return {width: rows[0]!.length, height: rows.length, ids: Uint8Array.from(rows.join(""), (cell) => (cell === "." ? 0 : Number(cell)))};
}

/** The cell that a point is the middle of: [column, row]. */
const cellOf = ({x, y}: {x: number; y: number}, {width, height}: LabelMap) => [x * width - 0.5, y * height - 0.5];

describe("the regions of a label map", () => {
  it("are two where two people stand apart, the larger first, each with its own middle", () => {
    const map = drawn(["..........", ".111......", ".111...11.", ".111...11.", ".111...11.", ".111......"]);
    const regions = labelRegions(map, {ignored: [0]});
    expect(regions.map(({id, share}) => [id, share])).toEqual([
      [1, 15 / 60],
      [1, 6 / 60]
    ]);
    expect(cellOf(regions[0]!, map)).toEqual([2, 3]);
    expect([7, 8]).toContain(cellOf(regions[1]!, map)[0]);
    expect(cellOf(regions[1]!, map)[1]).toBe(3);
  });

  it("have a point inside where the centre of mass is in a hole", () => {
    const map = drawn(["1111111", "1111111", "11...11", "11.2.11", "11...11", "1111111", "1111111"]);
    const [ring, inner] = labelRegions(map, {ignored: [0]});
    const [column, row] = cellOf(ring!, map);
    expect(map.ids[row! * 7 + column!]).toBe(1);
    expect(cellOf(inner!, map)).toEqual([3, 3]);
  });

  it("have their point in the broad part, away from a thin one", () => {
    const map = drawn(["...............", "111............", "111111111111111", "111............", "..............."]);
    // The centre of mass is between columns 4 and 5, where the region is one cell thin.
    expect(cellOf(labelRegions(map, {ignored: [0]})[0]!, map)).toEqual([2, 2]);
  });

  it("do not hang together by corners", () => {
    expect(labelRegions(drawn(["1.", ".1"]), {ignored: [0]})).toHaveLength(2);
    expect(labelRegions(drawn(["12", "21"]))).toHaveLength(4);
  });

  it("do not run on from the end of a row to the start of the next", () => {
    expect(labelRegions(drawn(["..1", "1.."]), {ignored: [0]})).toHaveLength(2);
  });

  it("are left out below the least share, and not at it", () => {
    const map = drawn(["1...", "..22"]);
    expect(labelRegions(map, {ignored: [0], least: 2 / 8}).map(({id}) => id)).toEqual([2]);
    expect(labelRegions(map, {ignored: [0], least: 0.3})).toEqual([]);
  });

  it("are none of the classes that are ignored", () => {
    expect(labelRegions(drawn(["1122", "11.."]), {ignored: [0, 1]}).map(({id}) => id)).toEqual([2]);
  });

  it("are the whole map where it is of one class", () => {
    const map = drawn(["333", "333", "333"]);
    expect(labelRegions(map)).toEqual([{id: 3, share: 1, x: 0.5, y: 0.5}]);
  });

  it("do not jump when one cell in the middle of a long one flickers", () => {
    const rows = [".".repeat(40), ...Array<string>(9).fill(`..${"1".repeat(36)}..`), ".".repeat(40)];
    const steady = drawn(rows);
    const flickering = drawn(rows.map((row, index) => (index === 5 ? `${row.slice(0, 19)}.${row.slice(20)}` : row)));
    const [before, after] = [steady, flickering].map((map) => cellOf(labelRegions(map, {ignored: [0]})[0]!, map));
    expect(Math.hypot(after![0]! - before![0]!, after![1]! - before![1]!)).toBeLessThan(6);
  });

  it("have their point at least three quarters as deep as the deepest cell, on noise", () => {
    const random = pseudoRandom(5);
    const [width, height] = [32, 24];
    const map = {width, height, ids: Uint8Array.from({length: width * height}, () => (random() < 0.97 ? 1 : 2))};
    // The depth of a cell looked up in every other cell, and outside of the map.
    const depth = (cell: number) => {
      const [x, y] = [cell % width, Math.floor(cell / width)];
      let least = Math.min(x + 1, y + 1, width - x, height - y);
      map.ids.forEach((id, other) => {
        if (id !== map.ids[cell]) least = Math.min(least, Math.abs((other % width) - x) + Math.abs(Math.floor(other / width) - y));
      });
      return least;
    };
    const [largest] = labelRegions(map);
    const [column, row] = cellOf(largest!, map);
    const deepest = Math.max(...Array.from(map.ids, (id, cell) => (id === 1 ? depth(cell) : 0)));
    expect(deepest).toBeGreaterThan(3);
    expect(depth(row! * width + column!)).toBeGreaterThanOrEqual(0.75 * deepest);
  });
});
