import {describe, expect, it} from "vitest";
import {distancesToOthers, distancesToOutlines} from "../../src/evaluate/outline-distance.js";
import type {Mask} from "../../src/formats/mask-picture.js";
import {labels, someLabels} from "./maps.js";

/** The distances as rows. */
function rows(distances: Uint16Array, {width, height}: Mask): string[] {
  return Array.from({length: height}, (_, y) => distances.subarray(y * width, (y + 1) * width).join(" "));
}

/** By the definition: the least chessboard distance to a place that is one of those. */
function leastTo({width, height}: Mask, isThere: (x: number, y: number, i: number) => boolean): number[] {
  return Array.from({length: width * height}, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    let least = Infinity;
    for (let v = -1; v <= height; v++) {
      for (let u = -1; u <= width; u++) if (isThere(u, v, i)) least = Math.min(least, Math.max(Math.abs(u - x), Math.abs(v - y)));
    }
    return least;
  });
}

describe("distancesToOutlines", () => {
  it("counts steps to any of the eight neighbours from what is not labelled", () => {
    const map = labels(`
      0 0 0 0 0
      0 v 0 0 0
      0 0 0 0 0
      0 0 0 0 0`);
    expect(rows(distancesToOutlines(map, 2), map)).toEqual(["1 1 1 2 3", "1 0 1 2 3", "1 1 1 2 3", "2 2 2 2 3"]);
  });

  it("starts on both sides of a change where two classes touch, at corners too, and not at the photo's edge", () => {
    const map = labels(`
      0 0 0 0
      0 0 0 0
      0 0 0 1`);
    expect(rows(distancesToOutlines(map, 2), map)).toEqual(["3 2 2 2", "3 2 1 1", "3 2 1 1"]);
  });

  it("is far from an outline that is not there", () => {
    expect(Math.min(...distancesToOutlines(labels("0 0 0\n0 0 0"), 2))).toBeGreaterThan(1000);
  });

  it("takes ids that are no class for what is not labelled", () => {
    expect([...distancesToOutlines(labels("0 0 7 0"), 2)]).toEqual([2, 1, 0, 1]);
  });
});

describe("distancesToOthers", () => {
  it("counts the photo's edge and what is not labelled as others", () => {
    const map = labels(`
      0 0 0 0 0 0 0
      0 0 0 0 0 0 0
      0 0 0 0 0 0 0
      0 0 0 0 0 v 0
      0 0 0 0 0 0 0`);
    expect(rows(distancesToOthers(map), map)).toEqual([
      "1 1 1 1 1 1 1",
      "1 2 2 2 2 2 1",
      "1 2 3 2 1 1 1",
      "1 2 2 2 1 1 1",
      "1 1 1 1 1 1 1"
    ]);
  });

  it("is the least distance to a place of another id, wherever that is", () => {
    const map = someLabels(41, 33, 3);
    const isOutside = (x: number, y: number) => x < 0 || y < 0 || x === map.width || y === map.height;
    const expected = leastTo(map, (x, y, i) => isOutside(x, y) || map.ids[y * map.width + x] !== map.ids[i]);
    expect(Math.max(...expected)).toBeGreaterThan(3);
    expect([...distancesToOthers(map)]).toEqual(expected);
  });
});
