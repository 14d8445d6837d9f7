import {describe, expect, it} from "vitest";
import type {LabelRegion} from "../../../src/engine/labels/label-regions.js";
import {placeNames} from "../../../src/media/live/place-names.js";
import type {PlacedName} from "../../../src/media/live/place-names.js";

const NAMES = ["background", "cat", "dog", "diningtable"];
const frame = {width: 200, height: 100};

/** Letters 10 pixels high and 5 wide: a name is 16 pixels high, and 10 wider than its letters. */
function place(regions: readonly LabelRegion[], look: Partial<Parameters<typeof placeNames>[1]["look"]> = {}, size = frame): PlacedName[] {
  return placeNames(regions, {
    frame: size,
    look: {view: "overlay", mirror: false, ...look},
    letters: 10,
    nameOf: (id) => NAMES[id]!,
    widthOf: ({length}) => length * 5
  });
}
const at = (x: number, y: number, id = 1): LabelRegion => ({id, share: 0.1, x, y});
const middles = (names: readonly PlacedName[]) => names.map(({x, y}) => [x, y]);

function expectApart(names: readonly PlacedName[]): void {
  names.forEach((a, index) =>
    names.slice(index + 1).forEach((b) => {
      const gap = Math.max(Math.abs(a.x - b.x) - (a.width + b.width) / 2, Math.abs(a.y - b.y) - (a.height + b.height) / 2);
      expect(gap, `${a.name} and ${b.name}`).toBeGreaterThan(-0.1);
    })
  );
}

describe("the names of regions", () => {
  it("stand on the regions' middles", () => {
    expect(place([at(0.25, 0.5, 1), at(0.75, 0.5, 3)])).toEqual([
      {id: 1, name: "cat", x: 50, y: 50, width: 25, height: 16},
      {id: 3, name: "diningtable", x: 150, y: 50, width: 65, height: 16}
    ]);
  });

  it("go with the mirror", () => {
    expect(middles(place([at(0.25, 0.5)], {mirror: true}))).toEqual([[150, 50]]);
  });

  it("stand on the mask side by side, mirrored or not", () => {
    expect(middles(place([at(0.25, 0.5)], {view: "side-by-side"}))).toEqual([[250, 50]]);
    expect(middles(place([at(0.25, 0.5)], {view: "side-by-side", mirror: true}))).toEqual([[350, 50]]);
  });

  it("stay inside the frame at each edge, and beside it side by side", () => {
    expect(middles(place([at(0, 0)]))).toEqual([[12.5, 8]]);
    expect(middles(place([at(1, 1)]))).toEqual([[187.5, 92]]);
    expect(middles(place([at(0, 0)], {view: "side-by-side"}))).toEqual([[212.5, 8]]);
  });

  it("move up or down, whichever is nearer, where an earlier one is in the way", () => {
    expect(middles(place([at(0.5, 0.5), at(0.52, 0.54, 2)]))).toEqual([
      [100, 50],
      [104, 66]
    ]);
    expect(middles(place([at(0.5, 0.5), at(0.52, 0.46, 2)]))).toEqual([
      [100, 50],
      [104, 34]
    ]);
  });

  it("do not leave the frame when they move", () => {
    expect(middles(place([at(0.5, 1), at(0.5, 1, 2)]))).toEqual([
      [100, 92],
      [100, 76]
    ]);
  });

  it("never overlap, and are left out where there is no room near", () => {
    const names = place(Array.from({length: 12}, () => at(0.5, 0.5)));
    // The middle, and two to each side of it at two heights at most.
    expect(names.map(({y}) => y).sort((a, b) => a - b)).toEqual([18, 34, 50, 66, 82]);
    expectApart(names);
  });

  it("never overlap in a crowd", () => {
    const crowd = Array.from({length: 40}, (_, index) => at((index * 0.377) % 1, (index * 0.619) % 1, 1 + (index % 3)));
    const names = place(crowd);
    expect(names.length).toBeGreaterThan(10);
    expectApart(names);
    for (const {x, y, width, height} of names) {
      expect(x - width / 2).toBeGreaterThanOrEqual(0);
      expect(x + width / 2).toBeLessThanOrEqual(frame.width);
      expect(y - height / 2).toBeGreaterThanOrEqual(0);
      expect(y + height / 2).toBeLessThanOrEqual(frame.height);
    }
  });

  it("are left out of a frame that is too small for them", () => {
    expect(place([at(0.5, 0.5, 3), at(0.5, 0.5, 1)], {}, {width: 40, height: 30}).map(({name}) => name)).toEqual(["cat"]);
  });
});
